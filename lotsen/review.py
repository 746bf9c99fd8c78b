"""Which fields of carriers and programmes wait for the centre, and what follows when it accepts."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.actions import publish_carriers, publish_programmes
from lotsen.models import Carrier, CarrierInternal, Programme
from lotsen.rules import missing_for_publication, programme_lacks
from vielfalt.accounts.models import User
from vielfalt.listings.models import ChangeRequest, State
from vielfalt.listings.registry import Reviewed
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


class CarrierChangeForm(PublishableForm):
    """What of a carrier the public relies on to tell it from others: its name, kind, place and whether it is shown.

    The street goes with the place, so that no address is ever half old and half new.
    """

    class Meta:
        model = Carrier
        fields: ClassVar = ("name", "carrier_type", "street", "postal_code", "municipality", "state")

    def lacks(self) -> list[str]:
        return missing_for_publication(self.instance)


class ProgrammeChangeForm(PublishableForm):
    """The same for a programme."""

    class Meta:
        model = Programme
        fields: ClassVar = ("title", "municipality", "state")

    def lacks(self) -> list[str]:
        return programme_lacks(self.instance)


class PlaceChoiceField(forms.ModelChoiceField):
    """All municipalities in one list, each with its district, because some names are there twice."""

    def label_from_instance(self, place: Municipality) -> str:
        return str(place.with_district)


class NewCarrierForm(forms.ModelForm):
    """What one tells the centre to have a carrier included."""

    municipality = PlaceChoiceField(
        Municipality.objects.select_related("district").defer("outline").order_by("sort_key"),
        label=_("Ort"),
        empty_label=_("Bitte wählen"),
    )
    postal_code = forms.ModelChoiceField(
        PostalCode.objects.all(),
        label=_("Postleitzahl"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
        error_messages={"invalid_choice": _("Diese Postleitzahl gibt es in Hessen nicht. Bitte prüfen Sie sie.")},
    )

    class Meta:
        model = Carrier
        fields: ClassVar = (
            "name",
            "carrier_type",
            "street",
            "postal_code",
            "municipality",
            "phone",
            "email",
            "website",
            "description",
        )


class NewProgrammeForm(forms.ModelForm):
    """A programme that a carrier would like to add."""

    class Meta:
        model = Programme
        fields: ClassVar = ("carrier", "title", "municipality", "description")


def carrier_carried_out(*, entry: Carrier, changed: set[str], request: ChangeRequest, by: User) -> None:
    """Publish what was accepted as public, and keep whom to ask about a new carrier."""
    if request.kind == ChangeRequest.Kind.NEW:
        CarrierInternal.objects.create(carrier=entry, contact_email=request.address, note=request.message)
    elif "state" in changed and entry.state == State.PUBLISHED:
        publish_carriers(carriers=[entry], by=by)


def programme_carried_out(*, entry: Programme, changed: set[str], request: ChangeRequest, by: User) -> None:
    """Publish what was accepted as public: that confirms it, too."""
    if "state" in changed and entry.state == State.PUBLISHED:
        publish_programmes(programmes=[entry], by=by)


carrier = Reviewed(CarrierChangeForm, NewCarrierForm, carrier_carried_out)
programme = Reviewed(ProgrammeChangeForm, NewProgrammeForm, programme_carried_out)
