"""Proposed values: how they are kept, compared with the entry and shown."""

import json
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from vielfalt.listings.history import Change
from vielfalt.listings.models.requests import ChangeRequest
from vielfalt.listings.registry import model_of, reviewed
from vielfalt.richtext.fields import RichTextFormField
from vielfalt.richtext.sanitising import plain_text

Values = dict[str, Any]


def plain(values: Mapping[str, Any]) -> Values:
    """Return form values as JSON keeps them: an entry by its key, several as a sorted list, a day as text."""
    return {name: json.loads(json.dumps(_plain(value), cls=DjangoJSONEncoder)) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, list | tuple | set | QuerySet):
        return sorted(_plain(one) for one in value)
    return "" if value is None else value


def values_of(entry: Model, names: Iterable[str]) -> Values:
    """Return what an entry says now, in the form in which proposals are kept."""
    names = list(names)
    # model_to_dict takes an empty list for "all fields".
    return plain(model_to_dict(entry, fields=names)) if names else {}


@dataclass(frozen=True)
class Conflict:
    """A field that somebody changed since the author looked at it."""

    name: str
    label: str
    base: str
    current: str
    proposed: str
    current_value: Any


def conflicts(request: ChangeRequest, entry: Model) -> list[Conflict]:
    """Return the fields whose value today is neither what the author saw nor what they propose."""
    current = values_of(entry, request.proposed)
    stale = [
        name
        for name, proposed in request.proposed.items()
        if current[name] != request.base.get(name) and current[name] != proposed
    ]
    fields = reviewed(request.target_kind).change_form.base_fields
    return [
        Conflict(
            name=name,
            label=str(fields[name].label),
            base=in_words(fields[name], request.base.get(name)),
            current=in_words(fields[name], current[name]),
            proposed=in_words(fields[name], request.proposed[name]),
            current_value=current[name],
        )
        for name in stale
    ]


def form_for_change(entry: Model, proposed: Values) -> forms.ModelForm:
    """Return the domain's own form with the entry as it is now and the proposed values over it.

    The form works on a copy: validating writes into its instance, and ``entry`` is what is public.
    """
    form_class = reviewed(type(entry)).change_form
    return form_class({**values_of(entry, form_class.base_fields), **proposed}, instance=copy(entry))


def differences(request: ChangeRequest, entry: Model | None) -> list[Change]:
    """Return what a request would change in the entry as it is now, or what it changed once that is decided."""
    kind = reviewed(request.target_kind)
    is_new = request.kind == ChangeRequest.Kind.NEW
    fields = (kind.new_form if is_new else kind.change_form).base_fields
    before = request.base
    if request.is_open and entry is not None and not is_new:
        before = values_of(entry, request.proposed)
    return [
        Change(str(field.label), in_words(field, before.get(name)), in_words(field, request.proposed[name]))
        for name, field in fields.items()
        if request.proposed.get(name, "") != before.get(name, "")
    ]


def in_words(field: forms.Field, value: Any) -> str:
    """Return a kept value as a reader would say it."""
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        keys = value if isinstance(value, list) else [value]
        found = field.queryset.model._base_manager.in_bulk(keys)
        return ", ".join(str(found.get(key, _("gelöscht"))) for key in keys)
    if isinstance(field, forms.BooleanField):
        return _("ja") if value else _("nein")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return plain_text(value) if isinstance(field, RichTextFormField) else str(value)


def target_of(request: ChangeRequest) -> Model | None:
    """Return the entry a request is about, if it (still) exists."""
    if request.target_id is None:
        return None
    return model_of(request.target_kind)._base_manager.filter(pk=request.target_id).first()
