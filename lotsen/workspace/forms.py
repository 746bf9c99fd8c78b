"""What carriers can change, in sections that are saved one by one.

Sections with ``RISKY`` fields are proposals for the centre; all others are public at once.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.models import Accessibility, Carrier, Programme, ProgrammeLanguage
from lotsen.models.vocabularies import Availability
from vielfalt.listings.editing import SectionForm
from vielfalt.listings.models import AccessibilityFeature, Answer, Language
from vielfalt.listings.review_forms import PostalCodeField
from vielfalt.listings.workspace.rows import RowsForm
from vielfalt.places.models import District


class ContactForm(SectionForm):
    class Meta:
        model = Carrier
        fields: ClassVar = ("phone", "email", "website", "opening_hours", "by_appointment")


class CarrierTextsForm(SectionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["umbrella"].empty_label = _("keiner")

    class Meta:
        model = Carrier
        fields: ClassVar = ("short_name", "umbrella", "description", "description_easy")


class CarrierBasicsForm(SectionForm):
    """What the centre looks at before it becomes public."""

    postal_code = PostalCodeField()

    class Meta:
        model = Carrier
        fields: ClassVar = ("name", "carrier_type", "street", "postal_code", "municipality")


class ProgrammeBasicsForm(SectionForm):
    """What the centre looks at before it becomes public."""

    class Meta:
        model = Programme
        fields: ClassVar = ("title", "municipality")


class ProgrammeTextsForm(SectionForm):
    class Meta:
        model = Programme
        fields: ClassVar = ("description", "description_easy", "limits")


class OfferForm(SectionForm):
    class Meta:
        model = Programme
        fields: ClassVar = (
            "fields_of_work",
            "target_groups",
            "specialisation",
            "seeks_volunteers",
            "active_volunteers",
        )
        widgets: ClassVar = {
            "fields_of_work": forms.CheckboxSelectMultiple,
            "target_groups": forms.CheckboxSelectMultiple,
        }


class RequestForm(SectionForm):
    class Meta:
        model = Programme
        fields: ClassVar = ("request_channels", "response_time", "costs", "coordination", "fundings")
        widgets: ClassVar = {"request_channels": forms.CheckboxSelectMultiple, "fundings": forms.CheckboxSelectMultiple}


class AreaForm(SectionForm):
    class Meta:
        model = Programme
        fields: ClassVar = ("covered_districts", "covered_municipalities")
        widgets: ClassVar = {
            "covered_districts": forms.CheckboxSelectMultiple,
            "covered_municipalities": forms.CheckboxSelectMultiple,
        }

    def districts(self) -> list[dict[str, Any]]:
        """The districts with their municipalities and what is ticked, for the page."""
        ticked = {name: {str(one) for one in self[name].value() or []} for name in self.fields}
        shown = []
        for district in District.objects.prefetch_related("municipalities"):
            places = [
                {"ags": place.ags, "name": place.name, "chosen": place.ags in ticked["covered_municipalities"]}
                for place in district.municipalities.all()
            ]
            whole = district.ags in ticked["covered_districts"]
            shown.append(
                {
                    "ags": district.ags,
                    "label": district.label,
                    "places": places,
                    "whole": whole,
                    "chosen": whole + sum(place["chosen"] for place in places),
                }
            )
        return shown


class LanguagesForm(RowsForm):
    """Which languages a programme offers, and how reliably. Notes of languages that stay are kept."""

    choices: ClassVar = [("", _("nein")), *Availability.choices]

    class Meta:
        model = Programme
        fields: ClassVar = ()

    def words(self) -> list[tuple[str, str]]:
        return [(language.code, language.both_names) for language in Language.objects.all()]

    def kept(self) -> dict[str, str]:
        return dict(self.instance.offered_languages.values_list("language_id", "availability"))

    def write(self, wanted: dict[str, str]) -> None:
        self.instance.offered_languages.exclude(language__in=wanted).delete()
        offers = [
            ProgrammeLanguage(programme=self.instance, language_id=code, availability=how)
            for code, how in wanted.items()
        ]
        ProgrammeLanguage.objects.bulk_create(
            offers,
            update_conflicts=True,
            unique_fields=["programme", "language"],
            update_fields=["availability"],
        )


class AccessibilityForm(RowsForm):
    """What is known about the place. Explanations of answers that stay are kept."""

    choices: ClassVar = [("", _("keine Angabe")), (Answer.YES, _("ja")), (Answer.NO, _("nein"))]

    class Meta:
        model = Carrier
        fields: ClassVar = ()

    def words(self) -> list[tuple[str, str]]:
        return list(AccessibilityFeature.objects.values_list("slug", "name"))

    def kept(self) -> dict[str, str]:
        known = self.instance.accessibility.exclude(answer=Answer.UNKNOWN)
        return dict(known.values_list("feature__slug", "answer"))

    def write(self, wanted: dict[str, str]) -> None:
        self.instance.accessibility.exclude(feature__slug__in=wanted).delete()
        features = AccessibilityFeature.objects.in_bulk(wanted, field_name="slug")
        answers = [
            Accessibility(carrier=self.instance, feature=features[slug], answer=answer)
            for slug, answer in wanted.items()
        ]
        Accessibility.objects.bulk_create(
            answers,
            update_conflicts=True,
            unique_fields=["carrier", "feature"],
            update_fields=["answer"],
        )
