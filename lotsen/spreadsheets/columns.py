"""The columns of the spreadsheet of carriers, in their order, with what the template says about them."""

from django.utils.translation import gettext_lazy as _

from lotsen.models import AnnualFigures, Carrier, CarrierType, FieldOfWork, Programme, TargetGroup
from lotsen.spreadsheets.cells import languages, places, umbrella
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

CARRIER_TYPE = "Trägerart"
UMBRELLA = "Dachverband"
PROGRAMME = "Programm"
FIELDS_OF_WORK = "Einsatzfelder"
ACTIVE = "Aktive Lots*innen"
YEAR = "Jahr"
UNITS = "UE"

COLUMNS = (
    Column(
        NAME,
        "Pflicht. Mehrere Programme: eine Zeile je Programm, mit demselben Namen",
        "Beispielverein e. V.",
        cells.field(Carrier, "name"),
        required=_("Der Name des Trägers fehlt."),
    ),
    Column(CARRIER_TYPE, "Pflicht bei neuen Trägern", "Gemeinnütziger Verein", cells.term(CarrierType)),
    Column(UMBRELLA, "Leer oder „keiner“, wenn es keinen gibt", "Diakonie", umbrella),
    Column(PROGRAMME, "Titel des Lotsenprogramms", "Integrationslotsen Beispielstadt", cells.field(Programme, "title")),
    Column(PLACE, "Zuerst die Gemeinde, dann weitere Gemeinden oder ganze Kreise", "Kassel, Landkreis Kassel", places),
    Column(POSTAL_CODE, "Anschrift des Trägers", "34117", cells.postal_code),
    Column(STREET, "mit Hausnummer", "Beispielstraße 1", cells.field(Carrier, "street")),
    Column(WEBSITE, "öffentlich", "https://www.example.org", cells.website(Carrier, "website")),
    Column(EMAIL, "öffentlich: bitte eine Funktionsadresse", "lotsen@example.org", cells.field(Carrier, "email")),
    Column(
        PHONE,
        "öffentlich: mit Vorwahl, als Text",
        "0561 0000000",
        cells.field(Carrier, "phone"),
        doubt=cells.doubt_of_phone,
    ),
    Column(
        LANGUAGES,
        "Liste; dahinter in Klammern: auf Anfrage, derzeit nicht",
        "Arabisch, Somali (auf Anfrage)",
        languages,
    ),
    Column(
        FIELDS_OF_WORK,
        "Liste, durch Komma oder | getrennt",
        "Kita, Freizeit, Sport, Vereine",
        cells.terms(FieldOfWork),
    ),
    Column(
        TARGET_GROUPS,
        "Liste, durch Komma oder | getrennt",
        "Neuzugewanderte, Familien/Eltern",
        cells.terms(TargetGroup),
    ),
    Column(ACTIVE, "Anzahl", "12", cells.number(Programme, "active_volunteers")),
    Column(YEAR, "das Jahr, zu dem Anzahl und UE gehören", "2025", cells.number(AnnualFigures, "year")),
    Column(UNITS, "UE je Basisqualifizierung; nur mit Jahr", "30", cells.number(AnnualFigures, "course_units")),
    Column(NOTE, "intern, erscheint nie öffentlich", "Stand aus dem Fachtag", internal=True),
)
