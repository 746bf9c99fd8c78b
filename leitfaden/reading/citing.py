"""How an edition and its passages are cited. Citations name the frozen address, which never shows anything else."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leitfaden.models import Edition, Kind
from leitfaden.reading.addresses import Addresses
from leitfaden.trees import Node

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "&%$#_{}"},
    }
)


@dataclass(frozen=True)
class Citation:
    """One source in the forms that people need."""

    edition: Edition
    base: str
    """The portal's own address, without a slash at its end."""
    node: Node | None = None

    @property
    def url(self) -> str:
        addresses = Addresses.of(self.edition)
        return self.base + (addresses.start if self.node is None else addresses.passage(self.node.anchor))

    @property
    def plain(self) -> str:
        """The citation as it is usual in German texts."""
        book = _("{centre} (Hrsg.) ({year}): {title}. Ausgabe {label} vom {date}.").format(
            centre=_("Kompetenzzentrum Vielfalt Hessen"),
            year=self._published.year,
            title=self.edition.document.title,
            label=self.edition.label,
            date=date_format(self._published, "j. F Y"),
        )
        return " ".join(filter(None, [book, self._place, self.url]))

    @property
    def bibtex(self) -> str:
        """The citation for programmes that manage literature."""
        fields = {
            "editor": "{" + str(_("Kompetenzzentrum Vielfalt Hessen")) + "}",
            "title": "{" + _escaped(self.edition.document.title) + "}",
            "edition": _escaped(self.edition.label),
            "year": str(self._published.year),
            "date": self._published.date().isoformat(),
            "langid": "ngerman",
            "url": self.url,
        }
        if self.node is not None:
            fields["chapter"] = "{" + _escaped(chapter_name(self._chapter)) + "}" if self._chapter else ""
            fields["note"] = _escaped(_("Absatz {anchor}").format(anchor=self.node.anchor))
        kind = "book" if self.node is None else "inbook"
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@{kind}{{{self._key},", *lines, "}"])

    @property
    def _place(self) -> str:
        if self.node is None:
            return ""
        passage = _("Absatz {anchor}.").format(anchor=self.node.anchor)
        return f"{chapter_name(self._chapter)}, {passage}" if self._chapter else passage

    @property
    def _chapter(self) -> Node | None:
        """The chapter or module of the passage."""
        if self.node is None:
            return None
        root = [*self.node.path, self.node][0]
        return root if root.is_heading else None

    @property
    def _key(self) -> str:
        key = f"{self.edition.document.slug}-{self.edition.slug}"
        return key if self.node is None else f"{key}-{self.node.anchor}"

    @property
    def _published(self) -> datetime:
        # A preview has no date yet; it is cited as of the day it was proposed, and says that it is a draft.
        return localtime(self.edition.published_at or self.edition.created_at)


def chapter_name(node: Node) -> str:
    """A chapter as people call it: "Modul 3: Rolle und Aufgaben"."""
    if node.kind == Kind.MODULE and node.number:
        return _("Modul {number}: {title}").format(number=node.number, title=node.title)
    return node.title


def _escaped(text: str) -> str:
    return str(text).translate(_BIBTEX)
