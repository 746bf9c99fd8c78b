"""The forms of the scientific partner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitfaden.editing.forms import Words
from leitfaden.rounds.models import Code


class CodeForm(forms.Form):
    """A code and what it stands for."""

    name = Words(
        label=_("Name"), max_length=100, error_messages={"required": _("Bitte geben Sie dem Code einen Namen.")}
    )
    meaning = Words(
        label=_("Definition"),
        help_text=_("Wann wird er vergeben, wann nicht? Am besten mit einem Beispiel."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CodingForm(forms.Form):
    """Which code a proposal gets, and why."""

    code = forms.ModelChoiceField(
        label=_("Code"),
        queryset=Code.objects.none(),
        empty_label=_("Bitte wählen"),
        error_messages={
            "required": _("Bitte wählen Sie einen Code."),
            "invalid_choice": _("Diesen Code gibt es nicht mehr."),
        },
    )
    note = Words(label=_("Notiz"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = Code.objects.order_by("name")
