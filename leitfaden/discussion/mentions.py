"""Finds out whom a comment names with an @, of those whom its author may name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from leitfaden.commenting import mentionable
from leitfaden.models import Block, Comment, Document, Visibility
from leitfaden.permissions import edits
from vielfalt.accounts.models import User
from vielfalt.accounts.permissions import in_charge_of

MOST = 10
"""So many people one comment tells by mail."""


def candidates(block: Block, user: Any) -> list[User]:
    """Whom ``user`` may name on a block: the editors, and who takes part in talks that ``user`` reads there."""
    taking_part = Comment.objects.visible_to(user).filter(block=block).values("author")
    editors = in_charge_of(Document).order_by().values("pk")
    found = User.objects.filter(Q(pk__in=taking_part) | Q(pk__in=editors), is_active=True)
    return list(found.exclude(pk=user.pk).order_by("name"))


def mentioned(text: str, *, block: Block, visibility: Visibility, by: Any) -> list[User]:
    """Return the people whom ``text`` names and who may read it. A name that two people have names nobody."""
    if "@" not in text:
        return []
    people: Sequence[User] = candidates(block, by)
    if edits(by):
        # Editors know the network; they may call in anybody by name.
        people = list({user.pk: user for user in [*people, *_by_names(text, by)]}.values())
    number = Counter(_key(user.name) for user in people)
    named = [user for user in people if number[_key(user.name)] == 1 and names(text, user.name)]
    return [user for user in named if mentionable(visibility, user)][:MOST]


def _by_names(text: str, by: Any) -> Iterable[User]:
    starts = {word.casefold() for word in re.findall(r"@(\w[\w-]*)", text)}
    if not starts:
        return []
    wanted = Q()
    for start in sorted(starts)[:MOST]:
        wanted |= Q(name__istartswith=start)
    return User.objects.filter(wanted, is_active=True).exclude(pk=by.pk)[:500]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def names(text: str, name: str) -> bool:
    """Whether ``text`` names somebody by the whole name."""
    return bool(name) and _pattern(name).search(text) is not None


def without_name(text: str, name: str, instead: str) -> str:
    """Return ``text`` with another word where it names somebody."""
    return _pattern(name).sub(lambda _match: f"@{instead}", text) if name else text


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"@{words}(?![\w-])", re.IGNORECASE)
