"""The columns of the spreadsheet of migrant organisations, in their order, with what the template says about them."""

from django.utils.translation import gettext_lazy as _

from migrantenorgs.models import FieldOfAction, LegalForm, MigrantOrganisation, Reach, TargetGroup, Visibility
from vielfalt.listings.spreadsheets import cells
from vielfalt.listings.spreadsheets.columns import (
    EMAIL,
    LANGUAGES,
    NAME,
    NOTE,
    PHONE,
    PLACE,
    POSTAL_CODE,
    STREET,
    TARGET_GROUPS,
    WEBSITE,
    Column,
)

OWN_NAME = "Name in eigener Schrift"
OWN_NAME_LANGUAGE = "Sprache dieses Namens"
TRANSLITERATION = "Umschrift"
LEGAL_FORM = "Rechtsform"
FOUNDED_IN = "Gründungsjahr"
OPENING_HOURS = "Sprechzeiten"
REACH = "Reichweite"
FIELDS_OF_ACTION = "Handlungsfelder"
DESCRIPTION = "Selbstbeschreibung"
OFFERS = "Angebote"
NETWORKS = "Netzwerke"
VISIBILITY = "Sichtbarkeit"
CONSENT_ON = "Einwilligung am"


def withholds_contact(organisation: MigrantOrganisation) -> bool:
    """Whether contact data must not leave the centre: without consent, or because the entry is for the network."""
    return not organisation.has_consented or organisation.visibility == Visibility.NETWORK


def withholds_address(organisation: MigrantOrganisation) -> bool:
    """Whether no more than the town may leave the centre."""
    return organisation.visibility != Visibility.OPEN


def _field(name: str) -> cells.Reader:
    return cells.field(MigrantOrganisation, name)


COLUMNS = (
    Column(
        NAME,
        "Pflicht. Eine Zeile je Organisation",
        "Beispielverein e. V.",
        _field("name"),
        required=_("Der Name der Organisation fehlt."),
    ),
    Column(OWN_NAME, "wie die Organisation ihn schreibt", "Örnek Derneği", _field("own_name")),
    Column(OWN_NAME_LANGUAGE, "damit Vorleseprogramme ihn richtig aussprechen", "Türkisch", cells.language),
    Column(
        TRANSLITERATION,
        "derselbe Name in lateinischen Buchstaben",
        "Oernek Dernegi",
        _field("transliteration"),
    ),
    Column(LEGAL_FORM, "Pflicht bei neuen Organisationen", "e. V.", cells.term(LegalForm)),
    Column(FOUNDED_IN, "Jahr", "1998", cells.number(MigrantOrganisation, "founded_in")),
    Column(PLACE, "Gemeinde", "Kassel", cells.town),
    Column(POSTAL_CODE, "Anschrift", "34117", cells.postal_code, withheld=withholds_address),
    Column(
        STREET,
        "mit Hausnummer",
        "Beispielstraße 1",
        _field("street"),
        withheld=withholds_address,
    ),
    Column(
        WEBSITE,
        "Kontakt",
        "https://www.example.org",
        cells.website(MigrantOrganisation, "website"),
        withheld=withholds_contact,
    ),
    Column(EMAIL, "Kontakt", "verein@example.org", _field("email"), withheld=withholds_contact),
    Column(
        PHONE,
        "Kontakt: mit Vorwahl, als Text",
        "0561 0000000",
        _field("phone"),
        doubt=cells.doubt_of_phone,
        withheld=withholds_contact,
    ),
    Column(
        OPENING_HOURS,
        "Kontakt",
        "dienstags 17–19 Uhr",
        _field("opening_hours"),
        withheld=withholds_contact,
    ),
    Column(REACH, "Stadtteil, Kommune, Kreis, Hessen oder bundesweit", "Kommune", cells.choice(Reach)),
    Column(
        FIELDS_OF_ACTION, "Liste, durch Komma oder | getrennt", "Bildung, Kultur/Begegnung", cells.terms(FieldOfAction)
    ),
    Column(TARGET_GROUPS, "Liste, durch Komma oder | getrennt", "Frauen, Familien/Eltern", cells.terms(TargetGroup)),
    Column(LANGUAGES, "Liste, durch Komma oder | getrennt", "Türkisch, Arabisch", cells.languages),
    Column(DESCRIPTION, "in eigenen Worten", "Wir …", cells.rich_text),
    Column(OFFERS, "was es gibt, für wen und wann", "Sprachcafé", cells.rich_text),
    Column(NETWORKS, "Verbände und Bündnisse", "agah Hessen", _field("networks")),
    Column(
        VISIBILITY,
        "öffentlich, ohne Adresse oder nur Netzwerk; leer bei neuen: ohne Adresse",
        "ohne Adresse (nur Ort)",
        cells.choice(Visibility),
    ),
    Column(
        CONSENT_ON,
        "intern: Tag, an dem die Organisation auf Papier eingewilligt hat, dass ihr Kontakt öffentlich ist",
        "2026-11-01",
        cells.day(MigrantOrganisation, "contact_consent_on"),
        internal=True,
    ),
    Column(NOTE, "intern, erscheint nie öffentlich", "Stand aus dem Fachtag", internal=True),
)
