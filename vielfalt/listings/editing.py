"""Editing an entry in sections without losing anything: two people at once, double clicks, expired sessions.

A page carries what its author saw (``base``, signed). When the section is saved, every field is
compared three ways: what was seen, what stands there now, what is wanted. Only where somebody else
has changed the same field to something different does a person have to decide.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vielfalt.listings.proposals import Values, in_words, plain, values_of

BASE = "base"
"""The name of the hidden field with what the author saw."""

TAKE = "nimm-"
"""How the fields begin that say whose value counts: "meine" or "andere"."""

THEIRS = "andere"
_SALT = "vielfalt.listings.editing"
_KEPT = "nicht-gespeichert"
_MOST_KEPT = 3


class SectionForm(forms.ModelForm):
    """Some fields of an entry that are saved together."""

    def values(self) -> Values:
        """Return what the entry says now in the fields of this form."""
        return values_of(self.instance, self.base_fields)


@dataclass(frozen=True)
class Conflict:
    """A field that two people have changed to different values."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass
class Attempt:
    """What became of an attempt to save a section."""

    form: forms.BaseForm
    base: str
    conflicts: list[Conflict] = field(default_factory=list)
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)

    @property
    def is_saved(self) -> bool:
        return bool(self.after)

    @property
    def has_changed(self) -> bool:
        return self.before != self.after


def sign(values: Values) -> str:
    """Return ``values`` as a text that nobody but the portal can have made."""
    return signing.dumps(values, salt=_SALT, compress=True)


def unsign(text: str) -> Values | None:
    """Return the values behind ``sign``; ``None`` where somebody has changed or lost the text."""
    try:
        return signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None


@transaction.atomic
def save_section(entry: models.Model, form_class: type[SectionForm], data: QueryDict) -> Attempt:
    """Save what was typed into one section, field by field where somebody else was faster elsewhere."""
    entry = type(entry)._base_manager.select_for_update(of=("self",)).get(pk=entry.pk)
    current = form_class(instance=entry).values()
    base = unsign(data.get(BASE, "")) or current
    form = form_class(_decided(data, form_class(instance=entry), current), instance=entry)
    if not form.is_valid():
        return Attempt(form, sign(base))
    wanted = plain(form.cleaned_data)
    merged = {name: current[name] if wanted[name] == base.get(name) else wanted[name] for name in wanted}
    decided = {name for name in wanted if f"{TAKE}{name}" in data}
    disputed = [name for name in wanted if current[name] not in (base.get(name), merged[name]) and name not in decided]
    if disputed:
        conflicts = [_conflict(form, name, wanted[name], current[name]) for name in disputed]
        return Attempt(form, sign(current), conflicts)
    final = form_class(as_data(form, merged), instance=entry)
    if not final.is_valid():
        return Attempt(final, sign(current))
    if merged != current:
        final.save()
    return Attempt(final, sign(merged), before=current, after=merged)


def _decided(data: QueryDict, form: SectionForm, current: Values) -> QueryDict:
    """Put the other person's value where the author has chosen it."""
    data = data.copy()
    for name in form.fields:
        if data.get(f"{TAKE}{name}") == THEIRS:
            _put(data, name, current[name])
    return data


def as_data(form: forms.BaseForm, values: Values) -> QueryDict:
    """Return ``values`` as a browser would send them."""
    data = QueryDict(mutable=True)
    for name in form.fields:
        _put(data, name, values.get(name))
    return data


def _put(data: QueryDict, name: str, value: Any) -> None:
    """Write a value as a browser sends it: nothing for an unticked box, one text for each of several choices."""
    if value in (None, False, ""):
        data.setlist(name, [] if value is False else [""])
    else:
        data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [_text(value)])


def _text(value: Any) -> str:
    return "on" if value is True else str(value)


def _conflict(form: forms.BaseForm, name: str, mine: Any, theirs: Any) -> Conflict:
    form_field = form.fields[name]
    return Conflict(name, str(form_field.label), in_words(form_field, mine), in_words(form_field, theirs))


def keep(request: HttpRequest) -> None:
    """Keep what somebody sent whose session has ended, until they have logged in again."""
    kept = dict(list(request.session.get(_KEPT, {}).items())[1 - _MOST_KEPT :])
    request.session[_KEPT] = {**kept, request.path: request.POST.urlencode()}


def kept(request: HttpRequest) -> QueryDict | None:
    """Return once what was kept for this address."""
    texts = request.session.get(_KEPT, {})
    text = texts.pop(request.path, None)
    if text is None:
        return None
    request.session[_KEPT] = texts
    return QueryDict(text)


def reopened(request: HttpRequest, form_class: type[SectionForm], entry: models.Model) -> Attempt:
    """Return the section as it is now, or with what was kept when its author's session had ended."""
    form = form_class(instance=entry)
    base = sign(form.values())
    if (sent := kept(request)) is None:
        return Attempt(form, base)
    messages.info(request, _("Ihre Eingaben sind noch da. Bitte speichern Sie sie jetzt."))
    return Attempt(form_class(sent, instance=entry), sent.get(BASE, base))


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for a log-in first; what was sent after a session had ended comes back after it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep(request)
        return redirect_to_login(request.get_full_path())

    return never_cache(wrapped)
