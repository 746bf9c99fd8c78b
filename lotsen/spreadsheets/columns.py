"""The columns of the spreadsheet, in their order, with what the template says about them."""

from dataclasses import dataclass

from vielfalt.text import match_key

NAME = "Name"
CARRIER_TYPE = "Trägerart"
UMBRELLA = "Dachverband"
PROGRAMME = "Programm"
PLACES = "Ort"
POSTAL_CODE = "PLZ"
STREET = "Straße"
WEBSITE = "Website"
EMAIL = "E-Mail"
PHONE = "Telefon"
LANGUAGES = "Sprachen"
FIELDS_OF_WORK = "Einsatzfelder"
TARGET_GROUPS = "Zielgruppen"
ACTIVE = "Aktive Lots*innen"
YEAR = "Jahr"
UNITS = "UE"
NOTE = "Notiz"


@dataclass(frozen=True)
class Column:
    """One column: its header, what goes in, and an example."""

    header: str
    hint: str
    example: str


COLUMNS = (
    Column(NAME, "Pflicht. Mehrere Programme: eine Zeile je Programm, mit demselben Namen", "Beispielverein e. V."),
    Column(CARRIER_TYPE, "Pflicht bei neuen Trägern", "Gemeinnütziger Verein"),
    Column(UMBRELLA, "Leer oder „keiner“, wenn es keinen gibt", "Diakonie"),
    Column(PROGRAMME, "Titel des Lotsenprogramms", "Integrationslotsen Beispielstadt"),
    Column(PLACES, "Zuerst die Gemeinde, dann weitere Gemeinden oder ganze Kreise", "Kassel, Landkreis Kassel"),
    Column(POSTAL_CODE, "Anschrift des Trägers", "34117"),
    Column(STREET, "mit Hausnummer", "Beispielstraße 1"),
    Column(WEBSITE, "öffentlich", "https://www.example.org"),
    Column(EMAIL, "öffentlich: bitte eine Funktionsadresse", "lotsen@example.org"),
    Column(PHONE, "öffentlich: mit Vorwahl, als Text", "0561 0000000"),
    Column(LANGUAGES, "Liste; dahinter in Klammern: auf Anfrage, derzeit nicht", "Arabisch, Somali (auf Anfrage)"),
    Column(FIELDS_OF_WORK, "Liste, durch Komma oder | getrennt", "Kita, Freizeit, Sport, Vereine"),
    Column(TARGET_GROUPS, "Liste, durch Komma oder | getrennt", "Neuzugewanderte, Familien/Eltern"),
    Column(ACTIVE, "Anzahl", "12"),
    Column(YEAR, "das Jahr, zu dem Anzahl und UE gehören", "2025"),
    Column(UNITS, "UE je Basisqualifizierung; nur mit Jahr", "30"),
    Column(NOTE, "intern, erscheint nie öffentlich", "Stand aus dem Fachtag"),
)

HEADERS = tuple(column.header for column in COLUMNS)
_BY_KEY = {match_key(header): header for header in HEADERS}


def header_named(word: str) -> str:
    """Return the header that ``word`` means, whatever its spelling, or ``word`` itself where it means none."""
    return _BY_KEY.get(match_key(word), word)
