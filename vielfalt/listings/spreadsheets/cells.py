"""What a cell means: a reader for each usual type of column.

A reader gets the text of a filled cell and returns its value, or raises ``UnknownWordError`` or
``ValidationError`` with a sentence.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from vielfalt.listings.models import Language
from vielfalt.listings.spreadsheets.places import postal_code_words, town_words
from vielfalt.listings.spreadsheets.words import UnknownWordError, Words, synonyms
from vielfalt.places.models import Municipality, PostalCode
from vielfalt.richtext.fields import RichTextFormField
from vielfalt.text import match_key

_NUMBER = re.compile(r"[+-]?[0-9]+")
_GERMAN_DAY = re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})")


class Known:
    """What the cells of one file are compared with; loaded when the first cell asks for it, and once."""

    def __init__(self) -> None:
        self._loaded: dict[Any, Any] = {}

    def get[Thing](self, load: Callable[[], Thing]) -> Thing:
        """Return what ``load`` returned the first time."""
        if load not in self._loaded:
            self._loaded[load] = load()
        found: Thing = self._loaded[load]
        return found

    def terms(self, model: type[models.Model]) -> Words[models.Model]:
        """Return the words of a vocabulary."""
        if model not in self._loaded:
            self._loaded[model] = Words.of_terms(model._default_manager.all())
        words: Words[models.Model] = self._loaded[model]
        return words


type Reader = Callable[[str, Known], Any]


def text(cell: str, known: Known) -> str:
    return cell


def field(model: type[models.Model], name: str) -> Reader:
    """Read what the field of the model takes: text, an e-mail address, a phone number."""

    def read(cell: str, known: Known) -> Any:
        return model._meta.get_field(name).clean(cell, None)

    return read


def rich_text(cell: str, known: Known) -> str:
    """Read a long text, with or without formatting."""
    return str(RichTextFormField().clean(cell))


def number(model: type[models.Model], name: str) -> Reader:
    """Read a whole number or a year, within the limits of the field."""
    read = field(model, name)

    def read_number(cell: str, known: Known) -> Any:
        if not _NUMBER.fullmatch(cell):
            raise UnknownWordError(
                _("„{cell}“ ist keine ganze Zahl. Bitte schreiben Sie sie mit Ziffern.").format(cell=cell)
            )
        return read(cell, known)

    return read_number


def website(model: type[models.Model], name: str) -> Reader:
    """Read an address; people leave its beginning out."""
    read = field(model, name)

    def read_website(cell: str, known: Known) -> Any:
        return read(cell if "://" in cell else f"https://{cell}", known)

    return read_website


def day(model: type[models.Model], name: str) -> Reader:
    """Read a day as Germans write it, or as a workbook holds it (ISO 8601)."""
    read = field(model, name)

    def read_day(cell: str, known: Known) -> Any:
        found = _GERMAN_DAY.fullmatch(cell)
        try:
            parts = {part: int(digits) for part, digits in found.groupdict().items()} if found else {}
            value = date(**parts) if parts else date.fromisoformat(cell)
        except ValueError as error:
            raise UnknownWordError(
                _("„{cell}“ ist kein Datum. Bitte schreiben Sie es wie „31.12.2026“.").format(cell=cell)
            ) from error
        return read(value.isoformat(), known)

    return read_day


def yes_or_no(cell: str, known: Known) -> bool:
    answers = {match_key(_("ja")): True, match_key(_("nein")): False}
    if (key := match_key(cell)) not in answers:
        raise UnknownWordError(_("„{cell}“ ist unbekannt. Bitte schreiben Sie „ja“ oder „nein“.").format(cell=cell))
    return answers[key]


def choice(choices: type[models.TextChoices]) -> Reader:
    """Read one of a fixed list, by its label or its value."""

    def words() -> Words[models.TextChoices]:
        return Words([(one, str(one.label)) for one in choices], [(one, one.value) for one in choices])

    def read(cell: str, known: Known) -> Any:
        return known.get(words).find(cell)

    return read


def term(model: type[models.Model]) -> Reader:
    """Read one word of a vocabulary."""

    def read(cell: str, known: Known) -> Any:
        return known.terms(model).find(cell)

    return read


def terms(model: type[models.Model]) -> Reader:
    """Read a list of words of a vocabulary."""

    def read(cell: str, known: Known) -> list[models.Model]:
        words = known.terms(model)
        return list(dict.fromkeys(find_each(words, words.split(cell))))

    return read


def languages(cell: str, known: Known) -> list[Language]:
    words = known.get(language_words)
    return list(dict.fromkeys(find_each(words, words.split(cell))))


def language(cell: str, known: Known) -> Language:
    return known.get(language_words).find(cell)


def language_words() -> Words[Language]:
    """Return languages by name, synonym and code."""
    every = list(Language.objects.all())
    return Words(
        [(language, language.name) for language in every],
        synonyms(every),
        [(language, word) for language in every for word in (language.code, language.tag)],
    )


def town(cell: str, known: Known) -> Municipality:
    """Read the one municipality where an organisation is."""
    return known.get(town_words).find(cell)


def postal_code(cell: str, known: Known) -> PostalCode:
    return known.get(postal_code_words).find(cell)


def doubt_of_phone(phone: str) -> str:
    """Spreadsheets take the leading zero from numbers; say so where that may have happened."""
    if phone[0] in "0+(" or len(phone) <= len("115 115"):
        return ""
    return _("„{phone}“ beginnt ohne Vorwahl. Bitte prüfen Sie die führende Null.").format(phone=phone)


def find_each[Thing](words: Words[Thing], cell_words: Iterable[str]) -> list[Thing]:
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
