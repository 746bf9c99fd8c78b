"""How a domain describes what its members can do about their organisations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.editing import SectionForm
from vielfalt.listings.models import Entry, Organisation, State
from vielfalt.listings.workspace.completeness import Item
from vielfalt.pictures.forms import PictureForm

REVIEWED = _("Diese Angaben sieht sich das Kompetenzzentrum an, bevor sie öffentlich werden.")
"""The hint of sections that wait for the centre."""


@dataclass(frozen=True)
class Section:
    """Some fields that belong together for the one who fills them."""

    slug: str
    title: str | Promise
    hint: str | Promise
    form: type[SectionForm]
    is_reviewed: bool = False
    """Whether the centre looks at changes before they are public."""
    template: str = "components/form_fields.html"
    """Shows the fields."""
    outcome: Callable[[Any], str] | None = None
    """Says what saving has brought about, where "gespeichert" says too little."""
    can_be_undone: bool = True
    """Whether one click takes it back; decisions are taken back where they are made."""


Sections = Mapping[str, Section]


def in_order(*sections: Section) -> Sections:
    """Return sections by their word in the address, in the order of the page."""
    return {section.slug: section for section in sections}


@dataclass(frozen=True)
class Parts:
    """Entries of their own that belong to an organisation, such as its programmes."""

    model: type[Entry]
    parent: str
    """The field of ``model`` that names the organisation."""
    path: str
    """Their word in addresses below the organisation's."""
    edit_path: str
    """The beginning of the addresses of their sections."""
    name: str
    """The field with their name."""
    sections: Sections
    kind: str | Promise
    new: str | Promise
    new_hint: str | Promise

    def of(self, organisation: Organisation) -> list[Any]:
        """Return all that belong to ``organisation``; reads what ``for_workspace`` prefetches."""
        accessor = self.model._meta.get_field(self.parent).remote_field.get_accessor_name()
        return list(getattr(organisation, accessor).all())

    def kept_of(self, organisation: Organisation) -> list[Any]:
        """Return those that are not archived."""
        return [one for one in self.of(organisation) if one.state != State.ARCHIVED]

    def editable_by(self, user: object) -> QuerySet:
        """Those that ``user`` may change, with their organisations."""
        organisations = self.model._meta.get_field(self.parent).related_model._default_manager.editable_by(user)
        return self.model._default_manager.filter(**{f"{self.parent}__in": organisations}).select_related(self.parent)


@dataclass(frozen=True)
class Keeping:
    """How the members of one kind of organisations look after their entries.

    The model's querysets know ``editable_by(user)`` and ``for_workspace()``, which loads what
    ``items`` reads.
    """

    model: type[Organisation]
    path: str
    """The word for the kind in addresses."""
    heading: str | Promise
    """What stands above the sections of the organisation itself."""
    sections: Sections
    items: Callable[[Any], list[Item]]
    """What a complete entry has."""
    picture_form: type[PictureForm]
    parts: Parts | None = None

    def editable_by(self, user: object) -> QuerySet:
        return self.model._default_manager.editable_by(user)

    def parts_of(self, organisation: Organisation) -> list[Any]:
        return self.parts.of(organisation) if self.parts else []

    def kept_parts_of(self, organisation: Organisation) -> list[Any]:
        return self.parts.kept_of(organisation) if self.parts else []

    def part_of(self, organisation: Organisation, pk: int) -> Any:
        """Return one of its parts; for any other number there is no page."""
        for part in self.parts_of(organisation):
            if part.pk == pk:
                return part
        raise Http404

    def sections_of(self, entry: Entry) -> Sections:
        """Return the sections of an organisation or of one of its parts."""
        is_part = self.parts is not None and isinstance(entry, self.parts.model)
        return self.parts.sections if is_part else self.sections


def page_url(organisation: Organisation, name: str, *rest: object) -> str:
    """Return the address of a page in "Mein Bereich"; these have the same names in every domain."""
    return reverse(f"{organisation._meta.app_label}:{name}", args=[organisation.slug, *rest])


def part_url(part: Entry, section: str) -> str:
    """Return the address of a section of a part."""
    return reverse(f"{part._meta.app_label}:edit_part", args=[part.pk, section])
