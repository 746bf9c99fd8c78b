"""What cells mean that only carriers have: umbrella organisation, area, languages with availability."""

from django.utils.translation import gettext as _

from lotsen.models import Umbrella
from lotsen.models.vocabularies import Availability
from lotsen.spreadsheets.areas import PlaceCell, Places, read_places
from vielfalt.listings.spreadsheets.cells import Known, find_each, language_words
from vielfalt.listings.spreadsheets.words import UnknownWordError, without_remark
from vielfalt.text import match_key

NO_UMBRELLA = "keiner"
WORDS_FOR_NONE = {NO_UMBRELLA, "ohne", "kein dachverband"}


def umbrella(cell: str, known: Known) -> Umbrella | str:
    umbrellas = known.terms(Umbrella)
    if match_key(cell) in WORDS_FOR_NONE and not umbrellas.knows(cell):
        return NO_UMBRELLA
    return umbrellas.find(cell)


def places(cell: str, known: Known) -> PlaceCell:
    return read_places(cell, known.get(Places))


def languages(cell: str, known: Known) -> dict[str, Availability]:
    words = known.get(language_words)
    names, availabilities = [], []
    for word in words.split(cell):
        name, remark = (word, "") if words.knows(word) else without_remark(word)
        names.append(name)
        availabilities.append(_availability(remark))
    codes = [language.pk for language in find_each(words, names)]
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
