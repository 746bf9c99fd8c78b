"""Forms of the admin that lose nobody's work: what somebody else saved meanwhile stays or is asked about.

The page carries what its reader saw, signed as in "Mein Bereich" (``vielfalt.listings.editing``).
When it is saved, the entry and the rows below it are compared field by field: what only the other
person changed is kept; what both changed is refused with both values. Whatever refuses an entry
does so after everything was written, in a transaction that is taken back: only then is it known
what the form and its rows make of the entry together.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vielfalt.listings.editing import BASE, sign, unsign
from vielfalt.listings.proposals import Values, in_words, plain, values_of

Texts = dict[str, dict[str, str]]
"""Sentences by the prefix of a form and the name of a field."""


class RefusalError(Exception):
    """What was typed must not be saved; the page comes back with it and says why."""

    def __init__(self, texts: Texts, status: HTTPStatus = HTTPStatus.OK) -> None:
        super().__init__(texts)
        self.texts = texts
        self.status = status


class RefusableForm(forms.ModelForm):
    """A form that can show why it was refused after its own validation."""

    refusals: Texts = {}  # noqa: RUF012 - replaced as a whole on the class that each request gets

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, text in self.refusals.get(self.prefix or "", {}).items():
            self.add_error(name, text)
        return cleaned


class GuardedForms(admin.ModelAdmin):
    """Compares what is saved with what its author saw."""

    form = RefusableForm
    change_form_template = "admin/guarded_change_form.html"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.refusals, request.conflicts = {}, {}
        request.base = unsign(request.POST.get(BASE, "")) or {}
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RefusalError as refusal:
            request.refusals = refusal.texts
            response = super().changeform_view(request, *args, **kwargs)
            response.status_code = refusal.status
            return response

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, *args, **kwargs)
        form.refusals = getattr(request, "refusals", {})
        return form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[tuple[Any, Any]]:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.form.refusals = getattr(request, "refusals", {})
            yield formset, inline

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool) -> None:
        if change:
            _reconcile(request, "", form)
        super().save_model(request, obj, form, change)

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        for key, row in _rows(formset):
            if row not in formset.deleted_forms:
                _reconcile(request, key, row)
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if request.conflicts:
            raise RefusalError(request.conflicts, HTTPStatus.CONFLICT)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        base = request.base
        if request.method != "POST" and context.get("original") is not None:
            form = context["adminform"].form
            base = {"": values_of(form.instance, form.base_fields)}
            for inline in context["inline_admin_formsets"]:
                base |= {key: values_of(row.instance, row.base_fields) for key, row in _rows(inline.formset)}
        return super().render_change_form(request, {**context, "base": sign(base)}, *args, **kwargs)


def _rows(formset: BaseModelFormSet) -> Iterator[tuple[str, forms.ModelForm]]:
    """Return the forms of what existed before, with a key that does not depend on their order."""
    return ((f"{formset.prefix}:{row.instance.pk}", row) for row in formset.initial_forms)


def _reconcile(request: HttpRequest, key: str, form: forms.ModelForm) -> None:
    """Keep what only others changed since the author looked, and note what both changed to different values.

    Whoever saves at the same moment waits here for the other.
    """
    base: Values | None = request.base.get(key)
    stored = type(form.instance)._base_manager.select_for_update(of=("self",)).filter(pk=form.instance.pk).first()
    if base is None or stored is None:
        return
    names = [name for name in form.base_fields if name in form.cleaned_data]
    now, wanted = values_of(stored, names), plain({name: form.cleaned_data[name] for name in names})
    for name in names:
        if _same(now[name], base.get(name)) or _same(now[name], wanted[name]):
            continue
        if _same(wanted[name], base.get(name)):
            _take_stored(form, stored, name)
            continue
        words = {who: in_words(form.fields[name], values[name]) for who, values in (("t", now), ("m", wanted))}
        request.conflicts.setdefault(form.prefix or "", {})[name] = _(
            "Hier hat inzwischen jemand „{theirs}“ gespeichert, bei Ihnen steht „{mine}“. "
            "Speichern Sie noch einmal, gilt Ihre Eingabe."
        ).format(theirs=words["t"], mine=words["m"])
        # The reader has seen the other value now; all other fields keep what was seen before.
        base[name] = now[name]


def _take_stored(form: forms.ModelForm, stored: Model, name: str) -> None:
    field = stored._meta.get_field(name)
    if field.many_to_many:
        form.cleaned_data[name] = list(getattr(stored, name).all())
    else:
        setattr(form.instance, field.attname, getattr(stored, field.attname))


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same to a reader: browsers end lines in their own way."""
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
    return one == other
