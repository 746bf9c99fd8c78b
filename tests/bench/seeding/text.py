"""A Leitfaden of 300 blocks that has been written for a while, and its edition in force."""

from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from leitfaden import actions, editions
from leitfaden.changes import Change, Edit, Insert
from leitfaden.content import Content
from leitfaden.loading import SLUG
from leitfaden.models import Document, Kind
from leitfaden.trees import load_tree
from tests.bench.seeding.words import Words
from vielfalt.accounts.models import User

EDITION = "2026.1"
MODULES, PASSAGES = 8, 30
TERMS = [
    first + second
    for first in ("Beratungs", "Begleitungs", "Vermittlungs")
    for second in ("gespräch", "plan", "kreis", "stelle", "bogen", "auftrag", "raum", "team", "ziel")
]
"""With two sections for each module, its goals and the glossary's chapter these are 300 blocks."""

NOTED = 0.2
"""How many passages have a footnote."""

REVISIONS, EDITED = 18, 45
"""So many times somebody worked on so many passages."""

PUBLISHED_AFTER = 12
"""The edition shows what was there by then; the work goes on."""


@transaction.atomic
def make() -> Document:
    """Write, publish and go on writing."""
    words = Words("Leitfaden")
    one, two = (_editor(name) for name in ("Redaktion", "Lektorat"))
    document = actions.create_document(slug=SLUG, title="Leitfaden", by=one)
    _save(document, _first_changes(words), one)
    for number in range(REVISIONS):
        if number == PUBLISHED_AFTER:
            _publish(document, one, two)
        _save(document, _edits(document, words), one)
    return document


def _editor(name: str) -> User:
    return get_user_model().objects.create_superuser(f"{name.lower()}@example.org", name=name)


def _save(document: Document, changes: list[Change], by: User) -> None:
    actions.save_revision(document=document, base=document.head, changes=changes, by=by)


def _publish(document: Document, one: User, two: User) -> None:
    """Its files wait in the queue that nobody works off."""
    edition = editions.create_edition(document=document, label=EDITION, revision=document.head, by=one)
    for person in (one, two):
        editions.approve(edition=edition, by=person)
    editions.publish(edition=edition, by=one)


def _first_changes(words: Words) -> list[Change]:
    changes: list[Change] = []

    def put(kind: Kind, content: Content, parent: UUID | None = None, after: UUID | None = None) -> UUID:
        insert = Insert(kind, content, parent, after, UUID(int=words.random.getrandbits(128), version=4))
        changes.append(insert)
        return insert.block

    last = None
    for number in range(1, MODULES + 1):
        last = put(Kind.MODULE, Content.clean(title=f"Modul {number}", fields={"ue": 4}), after=last)
        goals = put(Kind.GOALS, Content.clean(title="Lernziele"), last)
        put(Kind.TEXT, _passage(words), goals)
        section = put(Kind.INTRODUCTION, Content.clean(title="Einführung"), last, goals)
        passage = None
        for _number in range(PASSAGES):
            passage = put(Kind.TEXT, _passage(words), section, passage)
    glossary, term = put(Kind.CHAPTER, Content.clean(title="Glossar"), after=last), None
    for word in TERMS:
        term = put(Kind.TERM, Content.clean(title=word, html=f"<p>{words.sentence()}</p>"), glossary, term)
    return changes


def _edits(document: Document, words: Words) -> list[Change]:
    passages = [node.version for node in load_tree(document.head).walk() if node.kind == Kind.TEXT]
    return [Edit(seen, _passage(words)) for seen in words.random.sample(passages, EDITED)]


def _passage(words: Words) -> Content:
    """Some eighty words, with a word of the glossary and now and then a footnote."""
    note = f'<span class="footnote">{words.sentence()}</span>' if words.random.random() < NOTED else ""
    first = f"<p>Ein Wort dazu: {words.random.choice(TERMS)}.{note}</p>"
    return Content.clean(html=first + words.paragraphs(2))
