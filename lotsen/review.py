"""Which fields of carriers and programmes wait for the centre, and what follows when it accepts."""

from typing import ClassVar

from django import forms

from lotsen.models import Carrier, CarrierInternal, Programme
from lotsen.rules import missing_for_publication, programme_lacks
from vielfalt.accounts.models import User
from vielfalt.listings.models import ChangeRequest, State
from vielfalt.listings.publishing import publish
from vielfalt.listings.registry import Reviewed
from vielfalt.listings.review_forms import PlaceChoiceField, PostalCodeField, PublishableForm


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


class NewCarrierForm(forms.ModelForm):
    """What one tells the centre to have a carrier included."""

    municipality = PlaceChoiceField()
    postal_code = PostalCodeField()

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
        publish(entries=[entry], by=by)


def programme_carried_out(*, entry: Programme, changed: set[str], request: ChangeRequest, by: User) -> None:
    """Publish what was accepted as public: that confirms it, too."""
    if "state" in changed and entry.state == State.PUBLISHED:
        publish(entries=[entry], by=by)


carrier = Reviewed(CarrierChangeForm, NewCarrierForm, carrier_carried_out)
programme = Reviewed(ProgrammeChangeForm, NewProgrammeForm, programme_carried_out)
