"""What the cells of one row say, each column for itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from lotsen.models import (
    AnnualFigures,
    Carrier,
    CarrierType,
    FieldOfWork,
    FundingRules,
    Programme,
    TargetGroup,
    Umbrella,
)
from lotsen.models.vocabularies import Availability
from lotsen.spreadsheets import columns
from lotsen.spreadsheets.areas import Places, read_places
from lotsen.spreadsheets.plan import Remark
from lotsen.spreadsheets.words import UnknownWordError, Words, synonyms, without_remark
from vielfalt.listings.models import Language
from vielfalt.places.models import PostalCode
from vielfalt.text import match_key

NO_UMBRELLA = "keiner"
WORDS_FOR_NONE = {NO_UMBRELLA, "ohne", "kein dachverband"}
_NUMBER = re.compile(r"[+-]?[0-9]+")


class Known:
    """Everything cells are compared with, loaded once for a file."""

    def __init__(self) -> None:
        self.places = Places()
        self.postal_codes = {code.code: code for code in PostalCode.objects.prefetch_related("municipalities")}
        self.postal_code_words = Words([(code, code.code) for code in self.postal_codes.values()])
        self.carrier_types = Words.of_terms(CarrierType.objects.all())
        self.umbrellas = Words.of_terms(Umbrella.objects.all())
        self.fields_of_work = Words.of_terms(FieldOfWork.objects.all())
        self.target_groups = Words.of_terms(TargetGroup.objects.all())
        languages = list(Language.objects.all())
        self.languages = Words(
            [(language, language.name) for language in languages],
            synonyms(languages),
            [(language, word) for language in languages for word in (language.code, language.tag)],
        )
        self.funding_rules = list(FundingRules.objects.all())


@dataclass
class ParsedRow:
    """The values of a row's filled and valid cells, by header."""

    number: int
    filled: set[str]
    values: dict[str, Any] = field(default_factory=dict)
    mistakes: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def get(self, column: str) -> Any:
        return self.values.get(column)

    def mistake(self, column: str, text: str) -> None:
        self.mistakes.append(Remark(self.number, column, text))

    def warning(self, column: str, text: str) -> None:
        self.warnings.append(Remark(self.number, column, text))


def parse_row(number: int, cells: dict[str, str], known: Known) -> ParsedRow:
    """Read every filled cell; mistakes are collected, not raised."""
    row = ParsedRow(number, {header for header, cell in cells.items() if cell})
    for header in columns.HEADERS:
        if cell := cells.get(header, ""):
            try:
                row.values[header] = READERS[header](cell, known)
            except UnknownWordError as error:
                row.mistake(header, str(error))
            except ValidationError as error:
                row.mistake(header, _("„{value}“: {reason}").format(value=cell, reason=" ".join(error.messages)))
    if (phone := row.get(columns.PHONE)) and phone[0] not in "0+(" and len(phone) > len("115 115"):
        row.warning(
            columns.PHONE, _("„{phone}“ beginnt ohne Vorwahl. Bitte prüfen Sie die führende Null.").format(phone=phone)
        )
    return row


def _model_value(model: type[models.Model], name: str) -> Callable[[str, Known], Any]:
    def read(cell: str, known: Known) -> Any:
        return model._meta.get_field(name).clean(cell, None)

    return read


def _number(model: type[models.Model], name: str) -> Callable[[str, Known], Any]:
    read = _model_value(model, name)

    def read_number(cell: str, known: Known) -> Any:
        if not _NUMBER.fullmatch(cell):
            raise UnknownWordError(
                _("„{cell}“ ist keine ganze Zahl. Bitte schreiben Sie sie mit Ziffern.").format(cell=cell)
            )
        return read(cell, known)

    return read_number


def _website(cell: str, known: Known) -> str:
    address = cell if "://" in cell else f"https://{cell}"
    return Carrier._meta.get_field("website").clean(address, None)


def _umbrella(cell: str, known: Known) -> Umbrella | str:
    if match_key(cell) in WORDS_FOR_NONE and not known.umbrellas.knows(cell):
        return NO_UMBRELLA
    return known.umbrellas.find(cell)


def _terms(name: str) -> Callable[[str, Known], list[models.Model]]:
    def read(cell: str, known: Known) -> list[models.Model]:
        words: Words[models.Model] = getattr(known, name)
        return list(dict.fromkeys(_find_each(words, list(words.split(cell)))))

    return read


def _find_each(words: Words[models.Model], cell_words: list[str]) -> list[models.Model]:
    """Find every word of a list; one sentence names all that are unknown."""
    found, reasons = [], []
    for word in cell_words:
        try:
            found.append(words.find(word))
        except UnknownWordError as error:
            reasons.append(str(error))
    if reasons:
        raise UnknownWordError(" ".join(reasons))
    return found


def _languages(cell: str, known: Known) -> dict[str, Availability]:
    names, availabilities = [], []
    for word in known.languages.split(cell):
        name, remark = (word, "") if known.languages.knows(word) else without_remark(word)
        names.append(name)
        availabilities.append(_availability(remark))
    codes = [language.pk for language in _find_each(known.languages, names)]
    return dict(zip(codes, availabilities, strict=True))


def _availability(remark: str) -> Availability:
    options = {match_key(str(option.label)): option for option in Availability}
    if not remark:
        return Availability.REGULAR
    if match_key(remark) in options:
        return options[match_key(remark)]
    raise UnknownWordError(
        _("„({remark})“ ist unbekannt. In Klammern kann stehen: {options}.").format(
            remark=remark, options=", ".join(str(option.label) for option in options.values())
        )
    )


READERS: dict[str, Callable[[str, Known], Any]] = {
    columns.NAME: _model_value(Carrier, "name"),
    columns.CARRIER_TYPE: lambda cell, known: known.carrier_types.find(cell),
    columns.UMBRELLA: _umbrella,
    columns.PROGRAMME: _model_value(Programme, "title"),
    columns.PLACES: lambda cell, known: read_places(cell, known.places),
    columns.POSTAL_CODE: lambda cell, known: known.postal_code_words.find(cell),
    columns.STREET: _model_value(Carrier, "street"),
    columns.WEBSITE: _website,
    columns.EMAIL: _model_value(Carrier, "email"),
    columns.PHONE: _model_value(Carrier, "phone"),
    columns.LANGUAGES: _languages,
    columns.FIELDS_OF_WORK: _terms("fields_of_work"),
    columns.TARGET_GROUPS: _terms("target_groups"),
    columns.ACTIVE: _number(Programme, "active_volunteers"),
    columns.YEAR: _number(AnnualFigures, "year"),
    columns.UNITS: _number(AnnualFigures, "course_units"),
    columns.NOTE: lambda cell, known: cell,
}
