"""How names and texts are sorted and matched, as functions of the database.

PostgreSQL here has no ICU collations, so two small functions (made by the first migration of
``vielfalt.places``) give every comparison one meaning:

- the sort key reads ä as a and ß as ss, as German dictionaries do (DIN 5007-1);
- the match key goes further, so that "Rüsselsheim", "Ruesselsheim" and "russelsheim" are the same.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.db.models import CharField, Func, TextField, Transform
from django.utils.text import slugify

SEARCH_CONFIG = "vielfalt"
"""PostgreSQL's text search configuration: German stems, accents ignored."""


class SortKey(Func):
    """The key by which German names are sorted."""

    function = "german_sort_key"
    output_field = CharField()


@CharField.register_lookup
@TextField.register_lookup
class MatchKey(Transform):
    """The key by which names are compared: lower case, no accents, ae = ä, ss = ß, words of letters and digits.

    As a lookup: ``name__match_key="russelsheim"``.
    """

    lookup_name = "match_key"
    function = "german_match_key"
    output_field = CharField()


_TRANSLITERATION = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "*": ""})


def german_slug(text: str) -> str:
    """Return ``text`` as part of an address: "Träger Groß*Gerau" becomes "traeger-grossgerau"."""
    return slugify(text.lower().translate(_TRANSLITERATION))


_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

_SAME_LETTER = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه"})
"""Letters of the Arabic script that languages and keyboards write in different ways."""

_UNWRITTEN = re.compile("[\u0640\u200b-\u200f\u2060\ufeff]")
"""What only changes how letters look: the stroke that makes Arabic words longer, joiners, marks of direction."""


def match_key(text: str) -> str:
    """Return what ``MatchKey`` makes of ``text``, for values that are not in the database."""
    decomposed = _UNWRITTEN.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN)))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_SAME_LETTER)
    for two, one in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        plain = plain.replace(two, one)
    # Vowels of Indian scripts are marks, too, and part of their word.
    return " ".join("".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in plain).split())


_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of whatever follows, up to mirroring the rest of the page."""


def without_direction_marks(text: str) -> str:
    """Return ``text`` without characters that nobody sees and that mirror what comes after them."""
    return _DIRECTION_MARKS.sub("", text)


class NameFormField(forms.CharField):
    """The field of a form for a name."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(without_direction_marks(value) if isinstance(value, str) else value)


class NameField(CharField):
    """A name or title, which stands in the middle of other people's sentences.

    It drops direction marks instead of refusing them: they come along unseen when a name is copied
    from a file or a dialogue window.
    """

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return without_direction_marks(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": NameFormField, **kwargs})

    def deconstruct(self) -> Any:
        """For the database this is an ordinary text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
