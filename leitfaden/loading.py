"""Brings texts from files into the portal: the first text of the Leitfaden, or what a command names."""

from dataclasses import replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from leitfaden import actions, editions
from leitfaden.importing import Plan, import_text, plan_import
from leitfaden.models import Document, Edition, Revision
from vielfalt.accounts.models import User

SLUG = "leitfaden"
DATA = Path(__file__).parent / "data"
FIRST_TEXT = DATA / "leitfaden.md"

_PICTURES = {".png", ".jpg", ".jpeg", ".webp"}
MOST_PICTURES = 500


def pictures_beside(file: Path) -> dict[str, bytes]:
    """Return the pictures in the folder of a file and below it, by their path from there."""
    folder = file.parent
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _PICTURES and path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths[:MOST_PICTURES]}


def load_first_text(*, by: User | None = None) -> Revision | None:
    """Import the text that ships with the portal, unless there is a Leitfaden already."""
    if Document.objects.filter(slug=SLUG).exists():
        return None
    content, pictures = FIRST_TEXT.read_bytes(), pictures_beside(FIRST_TEXT)
    return import_new(slug=SLUG, plan=plan_import(content=content, pictures=pictures), by=by)


@transaction.atomic
def import_new(*, slug: str, plan: Plan, note: str = "", by: User | None = None) -> Revision:
    """Make a new document of a plan that was made without one."""
    if plan.mistakes:
        raise ValidationError(plan.mistakes)
    document = actions.create_document(slug=slug, title=plan.title or slug, by=by)
    return import_text(document=document, plan=replace(plan, base=document.head), note=note, by=by)


def publish_first_edition(*, revision: Revision, label: str, by: User, second: User) -> Edition:
    """Make a revision the edition in force, approved by two people."""
    edition = editions.create_edition(document=revision.document, label=label, revision=revision, by=by)
    for person in (by, second):
        editions.approve(edition=edition, by=person)
    return editions.publish(edition=edition, by=by)
