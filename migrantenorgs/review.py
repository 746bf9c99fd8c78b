"""Which fields of migrant organisations wait for the centre, and what follows when it accepts."""

from typing import ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from migrantenorgs.actions import give_consent
from migrantenorgs.models import (
    WHO_SEES_IT,
    ConsentGiven,
    MigrantOrganisation,
    MigrantOrganisationInternal,
    Visibility,
)
from migrantenorgs.rules import missing_for_publication
from vielfalt.accounts.models import User
from vielfalt.listings.models import ChangeRequest, State
from vielfalt.listings.publishing import publish
from vielfalt.listings.registry import Reviewed
from vielfalt.listings.review_forms import PlaceChoiceField, PostalCodeField, PublishableForm


class MigrantOrganisationChangeForm(PublishableForm):
    """What of an organisation the public relies on to tell it from others: its name, kind, place, whether it is shown.

    The street goes with the place, so that no address is ever half old and half new. Who sees the
    entry and its contact is not among them: that is the organisation's own decision, and at once.
    """

    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("name", "legal_form", "street", "postal_code", "municipality", "state")

    def lacks(self) -> list[str]:
        return missing_for_publication(self.instance)


class NewMigrantOrganisationForm(forms.ModelForm):
    """What one tells the centre to have a migrant organisation included."""

    municipality = PlaceChoiceField()
    postal_code = PostalCodeField()
    visibility = forms.ChoiceField(
        label=_("Wer darf Ihren Eintrag sehen?"),
        help_text=_("Das entscheiden nur Sie. Sie können es jederzeit ändern."),
        choices=[(who.value, format_lazy("{}: {}", who.label, meaning)) for who, meaning in WHO_SEES_IT.items()],
        initial=Visibility.PLACE_ONLY,
        widget=forms.RadioSelect(attrs={"class": "kern-form-check__radio"}),
    )
    consent = forms.BooleanField(
        label=_("Ja: Telefon, E-Mail, Website und Sprechzeiten dürfen bei unserem Eintrag im Portal stehen."),
        help_text=_("Ohne Häkchen zeigen wir sie nie. Sie können das jederzeit widerrufen, das wirkt sofort."),
        required=False,
    )

    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = (
            "name",
            "own_name",
            "own_name_language",
            "transliteration",
            "legal_form",
            "street",
            "postal_code",
            "municipality",
            "fields_of_action",
            "description",
            "phone",
            "email",
            "website",
            "visibility",
        )
        widgets: ClassVar = {
            "fields_of_action": forms.CheckboxSelectMultiple(attrs={"class": "kern-form-check__checkbox"})
        }

    field_order = (*Meta.fields[:-1], "consent", "visibility")


def carried_out(*, entry: MigrantOrganisation, changed: set[str], request: ChangeRequest, by: User) -> None:
    """Publish what was accepted as public; of a new organisation keep its consent and whom to ask."""
    if request.kind == ChangeRequest.Kind.NEW:
        MigrantOrganisationInternal.objects.create(
            organisation=entry, contact_email=request.address, note=request.message
        )
        if request.proposed.get("consent"):
            # It counts from the day on which the organisation gave it.
            day = localdate(request.submitted_at)
            give_consent(organisation=entry, how=ConsentGiven.ONLINE, by=by, on=day)
    elif "state" in changed and entry.state == State.PUBLISHED:
        publish(entries=[entry], by=by)


migrant_organisation = Reviewed(MigrantOrganisationChangeForm, NewMigrantOrganisationForm, carried_out)
