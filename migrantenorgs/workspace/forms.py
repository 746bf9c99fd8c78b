"""What migrant organisations can change, in sections that are saved one by one.

Nothing here asks where somebody comes from or what they believe; whoever wants to say that does
so in their own words.
"""

from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from migrantenorgs.actions import give_consent, withdraw_consent
from migrantenorgs.models import ConsentGiven, MigrantOrganisation, Visibility
from vielfalt.listings.editing import SectionForm
from vielfalt.listings.models import Language
from vielfalt.listings.proposals import Values
from vielfalt.listings.review_forms import PostalCodeField

MEANINGS: dict[str, Promise] = {
    Visibility.OPEN: _("Alle sehen Ihren Eintrag, mit Anschrift und Ihrem Punkt auf der Karte."),
    Visibility.PLACE_ONLY: _(
        "Alle sehen Ihren Eintrag, aber nur den Ort. Die Karte zeigt die Gemeinde, nicht Ihr Haus."
    ),
    Visibility.NETWORK: _(
        "Nur angemeldete Mitglieder von Organisationen im Portal und die Redaktion sehen Ihren Eintrag. "
        "Für alle anderen gibt es ihn nicht."
    ),
}
"""What others see with each choice."""


class VisibilityForm(SectionForm):
    """Who sees the entry, and whether the contact is public. Both count at once."""

    visibility = forms.ChoiceField(
        label=_("Wer soll Ihren Eintrag sehen?"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    consent = forms.BooleanField(
        label=_("Ja, unsere Kontaktdaten dürfen öffentlich sein."),
        required=False,
        help_text=_(
            "Das sind Telefon, E-Mail, Website und Sprechzeiten. "
            "Nehmen Sie das Häkchen weg, sind sie sofort nicht mehr zu sehen."
        ),
    )

    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("visibility",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].initial = self.instance.has_consented

    def values(self) -> Values:
        return {"visibility": self.instance.visibility, "consent": self.instance.has_consented}

    @property
    def explained(self) -> list[tuple[BoundWidget, Promise]]:
        """The choices, each with what others then see."""
        return [(option, MEANINGS[option.data["value"]]) for option in self["visibility"]]

    def save(self, commit: bool = True) -> Any:
        organisation, consents = super().save(commit), self.cleaned_data["consent"]
        if consents and not organisation.has_consented:
            give_consent(organisation=organisation, how=ConsentGiven.ONLINE)
        elif organisation.has_consented and not consents:
            withdraw_consent(organisation=organisation)
        return organisation


class ContactForm(SectionForm):
    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("phone", "email", "website", "opening_hours", "by_appointment")


class OwnNameForm(SectionForm):
    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("own_name", "own_name_language", "transliteration")


class FieldsForm(SectionForm):
    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("fields_of_action", "target_groups")
        widgets: ClassVar = {
            "fields_of_action": forms.CheckboxSelectMultiple,
            "target_groups": forms.CheckboxSelectMultiple,
        }


class LanguageChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, language: Language) -> str:
        return language.both_names


class LanguagesForm(SectionForm):
    languages = LanguageChoices(
        Language.objects.all(),
        label=_("In diesen Sprachen kann man mit Ihnen sprechen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("languages",)


class TextsForm(SectionForm):
    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("description", "description_easy", "networks", "reach", "founded_in")


class OffersForm(SectionForm):
    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("offers",)


class BasicsForm(SectionForm):
    """What the centre looks at before it becomes public."""

    postal_code = PostalCodeField()

    class Meta:
        model = MigrantOrganisation
        fields: ClassVar = ("name", "legal_form", "street", "postal_code", "municipality")
