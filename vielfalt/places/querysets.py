"""The words in which one asks for places."""

import re
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, F, FloatField, Func, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat, Greatest, Least, Left, Length, NullIf, Replace

from vielfalt.text import MatchKey

if TYPE_CHECKING:
    from vielfalt.places.models import Municipality

LINKING_WORDS = frozenset({"a", "am", "an", "d", "der", "i", "im", "in", "v", "vor"})
"""Words that stand in names now in full, now short, now not at all: "Frankfurt a. M.", "Frankfurt/Main"."""

CLOSE_ENOUGH = 0.6
"""From this similarity on (1 is the same) a name is offered as what might have been meant."""


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Municipalities of Hesse."""

    def in_postal_codes_from(self, start: str) -> Self:
        """Those of every postal code that starts like this, one row for each postal code of each municipality."""
        return self._with_postal_code(Q(postal_codes__code__startswith=start)).order_by("postal_code", "sort_key")

    def _with_postal_code(self, condition: Q) -> Self:
        return self.filter(condition).annotate(
            postal_code=F("postal_codes__code"),
            point_latitude=F("postal_codes__latitude"),
            point_longitude=F("postal_codes__longitude"),
        )

    def with_name_rank(self, name: str) -> Self:
        """Say in ``name_rank`` how well each is called ``name``; ``None`` when it is not.

        0 the name itself, 1 its words ("Friedberg", "Frankfurt/Main"), 2 a former name or key.
        """
        key = MatchKey(Value(name))
        return self.annotate(
            name_rank=Case(
                When(match_key=key, then=0),
                When(match_key__regex=_words_of(name), then=1),
                When(former_key__regex=Concat(Value(r"\m"), key, Value(r"\M"), output_field=TextField()), then=2),
            )
        )

    def with_prefix_rank(self, text: str) -> Self:
        """Say in ``name_rank`` how well each name goes on from what somebody is typing; ``None`` when it does not.

        0 the name itself, 1 its beginning, 2 the beginning of one of its words, 3 that of a former name.
        """
        key = MatchKey(Value(text))
        start_of_word = Concat(Value(r"\m"), key, output_field=TextField())
        return self.annotate(
            name_rank=Case(
                When(match_key=key, then=0),
                When(match_key__regex=_words_of(text, whole=False), then=1),
                When(match_key__regex=start_of_word, then=2),
                When(former_key__regex=start_of_word, then=3),
            )
        )

    def similar_to(self, name: str) -> Self:
        """Those whose name might have been meant, the most similar first."""
        return self.with_similarity(name).filter(similarity__gte=CLOSE_ENOUGH)

    def called_or_similar_to(self, name: str) -> Self:
        """Those that are called so, then those whose name might have been meant; needs ``with_name_rank``."""
        meant = Q(name_rank__isnull=False) | Q(similarity__gte=CLOSE_ENOUGH)
        found = self.with_similarity(name).filter(meant)
        return found.order_by(F("name_rank").asc(nulls_last=True), *found.query.order_by)

    def around_or_called(self, start: str, name: str) -> Self:
        """Those of every postal code that starts like this, and with ``is_called`` those that ``name`` may mean.

        One row for each postal code of each municipality, the best names first.
        """
        found = self.with_name_rank(name).with_similarity(name)
        called = Q(name_rank__isnull=False) | Q(similarity__gte=CLOSE_ENOUGH)
        condition = Q(postal_codes__code__startswith=start) | (called if name else Q())
        rows = found._with_postal_code(condition).annotate(is_called=Case(When(called, then=True), default=False))
        return rows.order_by(F("name_rank").asc(nulls_last=True), *found.query.order_by, "postal_code")

    def with_similarity(self, name: str) -> Self:
        """Say in ``similarity`` how much of the name is what somebody typed (1 is all), and sort by it.

        Trigrams find parts of long names; counting mistakes finds short names and unfinished ones, so
        a name counts only as far as somebody has typed, with or without a forgotten letter.
        """
        key = MatchKey(Value(name))
        mistakes = Least(
            *(_compare("levenshtein", key, Left(F("match_key"), Length(key) + forgotten)) for forgotten in (0, 1))
        ) / NullIf(Cast(Length(key), FloatField()), Value(0.0))
        return self.annotate(
            similarity=Greatest(
                _compare("word_similarity", key, F("match_key")),
                _compare("word_similarity", key, F("former_key")),
                1 - mistakes,
            )
        ).order_by("-similarity", _compare("similarity", key, F("match_key")).desc(), "sort_key")


def _compare(function: str, typed: MatchKey, key: F | Func) -> Func:
    """Compare what somebody typed with a key, by a function of PostgreSQL's pg_trgm or fuzzystrmatch."""
    return Func(typed, key, function=function, output_field=FloatField())


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.lower())


def _words_of(name: str, *, whole: bool = True) -> Concat:
    """Return a pattern for keys that begin with the first word of ``name`` and have the others in their order.

    The last words may be shortened ("Frankfurt M"), a single one only when ``whole`` is false.
    """
    words = _words(name)
    telling = [word for word in words if word not in LINKING_WORDS] or words
    last = r"\M" if whole and len(telling) == 1 else ""
    key = MatchKey(Value(" ".join(telling)))
    return Concat(Value("^"), Replace(key, Value(" "), Value(r"\M.*\m")), Value(last), output_field=TextField())


class DiversityCentreQuerySet(models.QuerySet):
    """WIR-Vielfaltszentren."""

    def responsible_for(self, municipality: "Municipality") -> Self:
        """The one to ask in ``municipality``: its own if it has one, else its district's."""
        own = self.model._default_manager.filter(municipality=municipality)
        return self.filter(
            Q(municipality=municipality) | Q(~Exists(own), municipality=None, district=municipality.district_id)
        )
