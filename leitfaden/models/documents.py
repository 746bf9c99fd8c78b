"""Documents and the blocks they consist of: identity here, wording in versions that never change."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitfaden.content import Content
from leitfaden.models.immutable import immutable
from leitfaden.querysets import BlockQuerySet, BlockVersionQuerySet, DocumentQuerySet
from vielfalt.pictures.models import Licence
from vielfalt.text import SEARCH_CONFIG, MatchKey, NameField

if TYPE_CHECKING:
    from leitfaden.models.revisions import Revision


class Kind(models.TextChoices):
    """What a block is for. It never changes; ``PLACES`` says where each may stand."""

    CHAPTER = "kapitel", _("Kapitel")
    MODULE = "modul", _("Modul")
    SECTION = "abschnitt", _("Abschnitt")
    INTRODUCTION = "einfuehrung", _("Einführung")
    GOALS = "lernziele", _("Lernziele")
    SCHEDULE = "ablauf", _("Ablauf")
    PRACTICE = "praxis", _("Praxis und Methoden")
    TEMPLATES = "vorlagen", _("Kopiervorlagen")
    PART = "unterabschnitt", _("Unterabschnitt")
    METHOD = "methode", _("Methode")
    TEMPLATE = "vorlage", _("Kopiervorlage")
    TERM = "begriff", _("Begriff im Glossar")
    TEXT = "absatz", _("Absatz")


TOP = (Kind.CHAPTER, Kind.MODULE)
SECTIONS = (Kind.SECTION, Kind.INTRODUCTION, Kind.GOALS, Kind.SCHEDULE, Kind.PRACTICE, Kind.TEMPLATES)
PARTS = (Kind.PART, Kind.METHOD, Kind.TEMPLATE)
HEADINGS = (*TOP, *SECTIONS, *PARTS)
"""Blocks with a title and blocks below them, from the outermost."""

_UNDER_HEADINGS = frozenset({"", *HEADINGS})
PLACES: dict[str, frozenset[str]] = {
    **dict.fromkeys(TOP, frozenset({""})),
    **dict.fromkeys(SECTIONS, frozenset(TOP)),
    **dict.fromkeys(PARTS, frozenset(SECTIONS)),
    Kind.TERM: frozenset({Kind.CHAPTER, *SECTIONS}),
    Kind.TEXT: _UNDER_HEADINGS,
}
"""Under which kinds each kind may stand; "" is the document itself. No kind can come to lie within itself."""


class Origin(models.TextChoices):
    """How a wording came into the text."""

    IMPORT = "import", _("Import")
    EDIT = "bearbeitung", _("Bearbeitung")
    DECISION = "entscheidung", _("Entscheidung")
    RESTORED = "wiederhergestellt", _("Wiederhergestellt")


class Document(models.Model):
    """A text that is written together. Its head is the revision that everybody goes on from.

    The head moves only in ``leitfaden.actions``, and only by one step: the database refuses a head
    whose parent is not the head before it, so that no stale process can drop somebody's work.
    """

    slug = models.SlugField(_("Kürzel in Adressen"), unique=True)
    title = NameField(_("Titel"), max_length=200)
    head: "models.ForeignKey[Revision | None]" = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Stand")
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")
        ordering: ClassVar = ["title"]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="head_one_step",
                operation=pgtrigger.UpdateOf("head_id"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__head__df=pgtrigger.F("new__head")),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM leitfaden_revision WHERE id = NEW.head_id AND document_id = NEW.id
                        AND parent_id IS NOT DISTINCT FROM OLD.head_id
                    ) THEN
                        RAISE EXCEPTION 'leitfaden: the head moves only to a child of the present head'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """A passage as such, whatever it says at a time. Its anchor is public and never used again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="blocks", verbose_name=_("Dokument"), editable=False
    )
    anchor = models.CharField(_("Kennung"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind, editable=False)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("Abschnitt")
        verbose_name_plural = _("Abschnitte")
        default_permissions = ()
        triggers: ClassVar = immutable()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.anchor}"

    @property
    def is_heading(self) -> bool:
        return self.kind in HEADINGS


class BlockVersion(models.Model):
    """One wording of a block. It never changes; another wording is another version.

    ``plain`` is what the HTML says in words: for searching, quoting and counting.
    """

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="versions", verbose_name=_("Abschnitt"))
    title = NameField(_("Überschrift"), max_length=300, blank=True)
    html = models.TextField(_("Text"), blank=True)
    fields = models.JSONField(_("Angaben"), default=dict, blank=True)
    plain = models.TextField(_("Text ohne Auszeichnung"), blank=True)
    sha256 = models.CharField(_("Prüfsumme"), max_length=64)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="next_versions", verbose_name=_("vorige Fassung")
    )
    origin = models.CharField(_("Herkunft"), max_length=20, choices=Origin)
    revision: "models.ForeignKey[Revision]" = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, related_name="new_versions", verbose_name=_("zuerst im Stand")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("von")
    )
    created_at = models.DateTimeField(_("geschrieben am"), auto_now_add=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("plain", weight="B", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    match_key = models.GeneratedField(
        expression=MatchKey(
            models.functions.Concat(F("title"), models.Value(" "), F("plain"), output_field=models.TextField())
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = BlockVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Fassung")
        verbose_name_plural = _("Fassungen")
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        triggers: ClassVar = immutable()
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="block_version_search"),
            GinIndex(OpClass(F("match_key"), name="gin_trgm_ops"), name="block_version_parts"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(origin=Origin.IMPORT) | Q(created_by__isnull=False), name="block_version_has_its_author"
            ),
            # Entries point at both columns together, so that none can name a version of another block.
            models.UniqueConstraint(fields=["id", "block"], name="block_version_of_its_block"),
        ]

    def __str__(self) -> str:
        return self.title or self.plain[:80]

    @property
    def content(self) -> Content:
        return Content(title=self.title, html=self.html, fields=self.fields)


class Picture(models.Model):
    """A picture in a text. Its file is named by what is in it, so an address never shows anything else.

    Whoever wants another picture uploads another; texts of all times go on showing theirs.
    """

    name = models.CharField(_("Name"), max_length=32, unique=True, editable=False)
    file = models.FileField(_("Datei"), upload_to="leitfaden", editable=False)
    width = models.PositiveSmallIntegerField(_("Breite"), editable=False)
    height = models.PositiveSmallIntegerField(_("Höhe"), editable=False)
    author = models.CharField(_("Urheber*in"), max_length=200, blank=True)
    licence = models.CharField(_("Nutzungsrecht"), max_length=20, choices=Licence, default=Licence.OWN)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("von")
    )
    created_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")
        ordering: ClassVar = ["-created_at"]
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("leitfaden:picture", args=[self.name])

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Texts of all times go on showing their pictures.")
