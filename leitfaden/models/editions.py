"""Editions: a revision made public under a name, with its files. What it shows never changes."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitfaden.models.documents import Document
from leitfaden.models.revisions import Revision
from leitfaden.querysets import EditionFileQuerySet, EditionQuerySet


class EditionState(models.TextChoices):
    """Where an edition stands; ``leitfaden.editions`` says how it moves."""

    DRAFT = "entwurf", _("Entwurf")
    APPROVED = "freigegeben", _("Freigegeben")
    PUBLISHED = "veroeffentlicht", _("Veröffentlicht")
    SUPERSEDED = "abgeloest", _("Abgelöst")
    WITHDRAWN = "zurueckgezogen", _("Zurückgezogen")


PUBLIC_ONCE = (EditionState.PUBLISHED, EditionState.SUPERSEDED, EditionState.WITHDRAWN)
"""Editions whose address somebody may have written down."""

_FROZEN = """
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'entwurf' THEN
            RAISE EXCEPTION 'leitfaden: an edition begins as a draft' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'entwurf' AND NEW.state = 'entwurf' THEN
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - '{state,published_at,withdrawn_at,withdrawn_reason}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{state,published_at,withdrawn_at,withdrawn_reason}'::text[])
        OR (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)
        OR (OLD.withdrawn_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
    THEN
        RAISE EXCEPTION 'leitfaden: an approved edition does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('entwurf', 'freigegeben'), ('freigegeben', 'entwurf'), ('freigegeben', 'veroeffentlicht'),
        ('veroeffentlicht', 'abgeloest'), ('veroeffentlicht', 'zurueckgezogen'), ('abgeloest', 'zurueckgezogen')
    ) AND OLD.state <> NEW.state THEN
        RAISE EXCEPTION 'leitfaden: an edition does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'entwurf' AND (SELECT count(*) FROM leitfaden_approval WHERE edition_id = NEW.id) < 2 THEN
        RAISE EXCEPTION 'leitfaden: two people approve an edition' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""


_KEPT_ONCE_PUBLIC = """
    IF EXISTS (SELECT FROM leitfaden_edition WHERE id = OLD.edition_id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'leitfaden: this belongs to a published edition and stays'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
"""


class Edition(models.Model):
    """A revision under a name. Two people approve it before it can be published; its address stays for ever."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="editions", verbose_name=_("Dokument")
    )
    label = models.CharField(
        _("Ausgabe"),
        max_length=20,
        validators=[RegexValidator(r"^\d{4}\.\d{1,3}\Z", _("Bitte Jahr und Nummer, zum Beispiel „2026.1“."))],
    )
    slug = models.SlugField(_("Kürzel in Adressen"), max_length=20, editable=False)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="editions", verbose_name=_("Stand"), editable=False
    )
    state = models.CharField(
        _("Status"), max_length=20, choices=EditionState, default=EditionState.DRAFT, editable=False
    )
    note = models.TextField(_("Was ist neu?"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("angelegt von"),
        editable=False,
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("zurückgezogen am"), null=True, editable=False)
    withdrawn_reason = models.TextField(_("Warum zurückgezogen?"), blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ausgabe")
        verbose_name_plural = _("Ausgaben")
        ordering: ClassVar = ["document", "-created_at"]
        permissions: ClassVar = [("publish_edition", _("Darf Ausgaben freigeben und veröffentlichen"))]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="frozen", operation=pgtrigger.Insert | pgtrigger.Update, when=pgtrigger.Before, func=_FROZEN
            ),
            pgtrigger.Protect(
                name="kept", operation=pgtrigger.Delete, condition=~pgtrigger.Q(old__state=EditionState.DRAFT)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "slug"],
                name="edition_once",
                violation_error_message=_("Eine Ausgabe mit dieser Bezeichnung gibt es schon."),
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state=EditionState.PUBLISHED),
                name="edition_one_published",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLIC_ONCE, published_at__isnull=False)
                | (~Q(state__in=PUBLIC_ONCE) & Q(published_at=None)),
                name="edition_published_with_time",
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=EditionState.WITHDRAWN) & Q(withdrawn_at=None)),
                name="edition_withdrawn_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.label}"

    @property
    def is_current(self) -> bool:
        return self.state == EditionState.PUBLISHED


class Approval(models.Model):
    """That somebody read an edition and found it right."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    at = models.DateTimeField(_("am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Freigabe")
        verbose_name_plural = _("Freigaben")
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "by"], name="approval_once")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update),
            pgtrigger.Trigger(name="kept", operation=pgtrigger.Delete, when=pgtrigger.Before, func=_KEPT_ONCE_PUBLIC),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.by}"


class FileKind(models.TextChoices):
    """In what forms an edition can be downloaded; the value is also the end of the file's name."""

    PDF = "pdf", _("PDF")
    EPUB = "epub", _("E-Book (EPUB)")
    DOCX = "docx", _("Word (DOCX)")
    MARKDOWN = "md", _("Text (Markdown)")


class EditionFile(models.Model):
    """A file of an edition. It lies in the database, so that the same trigger that keeps the text keeps the file.

    A file can be built anew only as long as its edition has not been published.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files", verbose_name=_("Ausgabe"))
    kind = models.CharField(_("Art"), max_length=10, choices=FileKind)
    sha256 = models.CharField(_("Prüfsumme (SHA-256)"), max_length=64)
    size = models.PositiveIntegerField(_("Größe"))
    content = models.BinaryField(_("Inhalt"))
    built_at = models.DateTimeField(_("erzeugt am"), auto_now_add=True)

    objects = EditionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("Datei einer Ausgabe")
        verbose_name_plural = _("Dateien einer Ausgabe")
        ordering: ClassVar = ["edition", "kind"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "kind"], name="edition_file_once"),
            models.CheckConstraint(
                condition=models.lookups.Exact(
                    models.F("sha256"),
                    models.Func(
                        models.Func(models.F("content"), function="sha256", output_field=models.BinaryField()),
                        models.Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    ),
                ),
                name="edition_file_is_what_it_says",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="kept",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_KEPT_ONCE_PUBLIC,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} ({self.get_kind_display()})"

    @property
    def name(self) -> str:
        """What the file is called when it is downloaded."""
        return f"{self.edition.document.slug}-{self.edition.slug}.{self.kind}"


class BuildState(models.TextChoices):
    WAITING = "wartet", _("Wartet")
    RUNNING = "laeuft", _("Wird erzeugt")
    DONE = "fertig", _("Fertig")
    FAILED = "gescheitert", _("Gescheitert")


class EditionBuild(models.Model):
    """How far the building of a file is, for those who wait for it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="builds", verbose_name=_("Ausgabe"))
    kind = models.CharField(_("Art"), max_length=10, choices=FileKind)
    state = models.CharField(_("Status"), max_length=20, choices=BuildState, default=BuildState.WAITING)
    percent = models.PositiveSmallIntegerField(_("Fortschritt"), default=0)
    message = models.TextField(_("Meldung"), blank=True)
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)

    class Meta:
        verbose_name = _("Erzeugung einer Datei")
        verbose_name_plural = _("Erzeugung der Dateien")
        ordering: ClassVar = ["edition", "kind"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "kind"], name="edition_build_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="edition_build_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.kind} {self.state}"
