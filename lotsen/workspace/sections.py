"""The sections in which carriers and programmes are edited, in the order of the page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotsen.workspace import forms
from vielfalt.listings.editing import SectionForm


@dataclass(frozen=True)
class Section:
    """Some fields that belong together for the one who fills them."""

    slug: str
    title: str | Promise
    hint: str | Promise
    form: type[SectionForm]
    is_reviewed: bool = False
    """Whether the centre looks at changes before they are public."""


CARRIER_SECTIONS = {
    section.slug: section
    for section in (
        Section(
            "kontakt",
            _("So erreichen Sie uns"),
            _("Ratsuchende rufen meist an. Bitte nennen Sie Stellen statt Personen."),
            forms.ContactForm,
        ),
        Section("texte", _("Über uns"), _("Zwei oder drei kurze Sätze genügen."), forms.CarrierTextsForm),
        Section(
            "barrierefreiheit",
            _("Barrierefreiheit"),
            _("Wer mit Rollstuhl oder Kinderwagen kommt, plant damit."),
            forms.AccessibilityForm,
        ),
        Section(
            "grunddaten",
            _("Name, Art und Ort"),
            _("Diese Angaben sieht sich das Kompetenzzentrum an, bevor sie öffentlich werden."),
            forms.CarrierBasicsForm,
            is_reviewed=True,
        ),
    )
}

PROGRAMME_SECTIONS = {
    section.slug: section
    for section in (
        Section("sprachen", _("Sprachen"), _("Danach wird am häufigsten gesucht."), forms.LanguagesForm),
        Section("angebot", _("Dabei begleiten wir"), _("Wobei und wem helfen Ihre Lots*innen?"), forms.OfferForm),
        Section(
            "gebiet",
            _("Zuständig für"),
            _("Wer in diesen Orten sucht, findet Sie zuerst. Ganze Kreise oder einzelne Gemeinden."),
            forms.AreaForm,
        ),
        Section("anfrage", _("So fragt man an"), _("Wie geht es nach dem ersten Anruf weiter?"), forms.RequestForm),
        Section("texte", _("Beschreibung"), _("Was ist das Besondere an diesem Programm?"), forms.ProgrammeTextsForm),
        Section(
            "grunddaten",
            _("Titel und Standort"),
            _("Diese Angaben sieht sich das Kompetenzzentrum an, bevor sie öffentlich werden."),
            forms.ProgrammeBasicsForm,
            is_reviewed=True,
        ),
    )
}
