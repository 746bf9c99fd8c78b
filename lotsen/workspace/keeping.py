"""What carriers can do in "Mein Bereich": their sections and those of their programmes, in the order of the page."""

from django.utils.translation import gettext_lazy as _

from lotsen.models import Carrier, CarrierPicture, Programme
from lotsen.workspace import forms
from lotsen.workspace.completeness import items
from vielfalt.accounts.models import User
from vielfalt.listings.workspace import Share
from vielfalt.listings.workspace.keeping import REVIEWED, Keeping, Parts, Section, in_order
from vielfalt.listings.workspace.tasks import share_of_organisations
from vielfalt.pictures.forms import own_picture_form

CARRIER_SECTIONS = in_order(
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
        template="workspace/_rows.html",
    ),
    Section("grunddaten", _("Name, Art und Ort"), REVIEWED, forms.CarrierBasicsForm, is_reviewed=True),
)

PROGRAMME_SECTIONS = in_order(
    Section(
        "sprachen",
        _("Sprachen"),
        _("Danach wird am häufigsten gesucht."),
        forms.LanguagesForm,
        template="workspace/_rows.html",
    ),
    Section("angebot", _("Dabei begleiten wir"), _("Wobei und wem helfen Ihre Lots*innen?"), forms.OfferForm),
    Section(
        "gebiet",
        _("Zuständig für"),
        _("Wer in diesen Orten sucht, findet Sie zuerst. Ganze Kreise oder einzelne Gemeinden."),
        forms.AreaForm,
        template="lotsen/_area_choice.html",
    ),
    Section("anfrage", _("So fragt man an"), _("Wie geht es nach dem ersten Anruf weiter?"), forms.RequestForm),
    Section("texte", _("Beschreibung"), _("Was ist das Besondere an diesem Programm?"), forms.ProgrammeTextsForm),
    Section("grunddaten", _("Titel und Standort"), REVIEWED, forms.ProgrammeBasicsForm, is_reviewed=True),
)

PROGRAMMES = Parts(
    model=Programme,
    parent="carrier",
    path="programm",
    edit_path="programme",
    name="title",
    sections=PROGRAMME_SECTIONS,
    kind=_("Programm"),
    new=_("Programm vorschlagen"),
    new_hint=_(
        "Das Kompetenzzentrum sieht sich Ihren Vorschlag an und legt das Programm an. "
        "Danach ergänzen Sie Sprachen und Angebote."
    ),
)

CARRIERS = Keeping(
    model=Carrier,
    path="traeger",
    heading=_("Der Träger"),
    sections=CARRIER_SECTIONS,
    items=items,
    picture_form=own_picture_form(CarrierPicture),
    parts=PROGRAMMES,
)


def share(user: User) -> Share:
    """Return what the carrier network contributes to the start page."""
    return share_of_organisations(CARRIERS, user)
