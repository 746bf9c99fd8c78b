"""What all files of an edition are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.files.pictures import content_of, pictures_in
from leitfaden.models import Edition, Kind
from leitfaden.trees import Node, Tree, load_tree
from vielfalt.operators.models import Operator, Strand

MINUTES_A_UNIT = 45
_BOOKS = UUID("6f1c9f0e-5d0b-5a34-9a86-1c7b5a8f2c11")
"""The namespace of the books' identifiers."""


@dataclass(frozen=True)
class Credit:
    """Who made a picture, and under which licence."""

    words: str
    author: str
    licence: str


@dataclass(frozen=True, eq=False)
class Book:
    """An edition with all that its files show. Nothing here depends on the time at which a file is built."""

    edition: Edition
    tree: Tree
    operators: tuple[Operator, ...]
    pictures: Mapping[str, bytes]
    """The pictures of the text by their address."""
    credits: tuple[Credit, ...]

    @classmethod
    def of(cls, edition: Edition) -> "Book":
        edition = Edition.objects.select_related("document", "revision").get(pk=edition.pk)
        tree = load_tree(edition.revision)
        pictures = pictures_in(node.html for node in tree.walk())
        return cls(
            edition,
            tree,
            tuple(Operator.objects.running(Strand.LEITFADEN)),
            {address: content_of(picture) for address, picture in pictures.items()},
            tuple(
                Credit(f"{picture.name}.webp", picture.author, picture.get_licence_display())
                for picture in pictures.values()
                if picture.author
            ),
        )

    @property
    def title(self) -> str:
        return str(self.edition.document.title)

    @property
    def full_title(self) -> str:
        return _("{title}, Ausgabe {label}").format(title=self.title, label=self.edition.label)

    @property
    def description(self) -> str:
        """One sentence for catalogues."""
        modules = len(self.tree.modules)
        if not modules:
            return self.full_title
        return _("{modules} Module mit {units} Unterrichtseinheiten, Stand {date}").format(
            modules=modules, units=self.tree.units, date=f"{self.date:%d.%m.%Y}"
        )

    @property
    def date(self) -> date:
        """The day on which the edition was made of the text, which is fixed before any file is built."""
        return timezone.localdate(self.edition.created_at)

    @property
    def moment(self) -> int:
        """The same in seconds, for the tools that write a time into their files."""
        return int(self.edition.created_at.timestamp())

    @property
    def identifier(self) -> UUID:
        """The same for ever for the same edition of the same portal."""
        return uuid5(_BOOKS, f"{settings.PORTAL_URL}/{self.edition.document.slug}/{self.edition.slug}")

    @property
    def address(self) -> str:
        return f"{settings.PORTAL_URL}/leitfaden/{self.edition.slug}/"

    @cached_property
    def makers(self) -> list[str]:
        return [operator.name for operator in self.operators] or [_("Kompetenzzentrum Vielfalt Hessen")]

    @cached_property
    def tools(self) -> list[tuple[Node, list[Node]]]:
        """Methods and templates of each chapter that has any: what one looks for most."""
        kinds = (Kind.METHOD, Kind.TEMPLATE)
        found = [(chapter, [node for node in chapter.walk() if node.kind in kinds]) for chapter in self.tree.chapters]
        return [(chapter, nodes) for chapter, nodes in found if nodes]
