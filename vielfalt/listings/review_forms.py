"""Parts of the forms with which entries are proposed, reviewed and edited."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.models import State
from vielfalt.places.models import Municipality, PostalCode


class PublishableForm(forms.ModelForm):
    """A form with the state of an entry, which becomes public only when it lacks nothing."""

    def lacks(self) -> list[str]:
        raise NotImplementedError

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        wants_public = self.cleaned_data.get("state") == State.PUBLISHED
        if wants_public and "state" in self.changed_data and (missing := self.lacks()):
            missing_words = ", ".join(missing)
            self.add_error("state", _("Zum Veröffentlichen fehlt noch: {missing}.").format(missing=missing_words))
        return cleaned


class PlaceChoiceField(forms.ModelChoiceField):
    """All municipalities in one list, each with its district, because some names are there twice."""

    def __init__(self, **kwargs: Any) -> None:
        places = Municipality.objects.select_related("district").defer("outline").order_by("sort_key")
        super().__init__(places, **{"label": _("Ort"), "empty_label": _("Bitte wählen"), **kwargs})

    def label_from_instance(self, place: Municipality) -> str:
        return str(place.with_district)


class PostalCodeField(forms.ModelChoiceField):
    """A postal code that is typed instead of chosen from 545."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            PostalCode.objects.all(),
            label=_("Postleitzahl"),
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
            error_messages={"invalid_choice": _("Diese Postleitzahl gibt es in Hessen nicht. Bitte prüfen Sie sie.")},
            **kwargs,
        )
