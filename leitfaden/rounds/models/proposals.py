"""Proposals: what a carrier wants to have changed, and why. Once submitted, a wording never changes."""

import hashlib
import json
from typing import Any, ClassVar
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitfaden import changes
from leitfaden.comparing import VersionDifference, compare_versions
from leitfaden.content import Content
from leitfaden.models import Block, BlockVersion, Kind
from leitfaden.models.immutable import immutable_but
from leitfaden.rounds.models.rounds import Participant, Round
from leitfaden.rounds.querysets import ProposalQuerySet
from leitfaden.rounds.wording import Weight, weights
from vielfalt.text import SEARCH_CONFIG, NameField

LONGEST_REASON = 5_000


class ProposalState(models.TextChoices):
    """Where a proposal stands; ``leitfaden.rounds.states`` says who may move it, and names it by the phase."""

    DRAFT = "entwurf", _("Entwurf")
    UNCONFIRMED = "unbestaetigt", _("Wartet auf Ihre Bestätigung")
    SUBMITTED = "eingereicht", _("Eingereicht")
    QUESTION = "rueckfrage", _("Rückfrage")
    ADMITTED = "zugelassen", _("Zugelassen")
    REFUSED = "nicht-zugelassen", _("Nicht zugelassen")
    MERGED = "zusammengefuehrt", _("Mit einem anderen zusammengeführt")
    WITHDRAWN = "zurueckgezogen", _("Zurückgezogen")
    DECIDED = "entschieden", _("Entschieden")
    CARRIED = "weitergetragen", _("In die nächste Runde mitgenommen")


OPEN = (ProposalState.UNCONFIRMED, ProposalState.SUBMITTED, ProposalState.QUESTION, ProposalState.ADMITTED)
"""States in which something still has to be done in this round."""

PUBLIC = (ProposalState.ADMITTED, ProposalState.MERGED, ProposalState.DECIDED)
"""States of proposals that may be public; a merged one is, if it was admitted itself or what it went into was."""


class Operation(models.TextChoices):
    """What a change does to the text."""

    REPLACE = "ersetzen", _("anders schreiben")
    FIELD = "angabe", _("Angabe ändern")
    INSERT = "einfuegen", _("einfügen")
    REMOVE = "entfernen", _("streichen")
    MOVE = "verschieben", _("verschieben")


_FROZEN_ONCE_SUBMITTED = """
    IF OLD.state <> 'entwurf' AND (to_jsonb(NEW) - '{state,current_id,is_editorial,names_author,admitted_at,
        merged_into_id,updated_at}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{state,current_id,is_editorial,names_author,admitted_at,
        merged_into_id,updated_at}'::text[])
    THEN
        RAISE EXCEPTION 'leitfaden: a submitted proposal keeps its number and its authors'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> NEW.state AND (NEW.state = 'entwurf' OR OLD.state IN (
        'nicht-zugelassen', 'zurueckgezogen', 'entschieden', 'weitergetragen'
    )) THEN
        RAISE EXCEPTION 'leitfaden: a proposal does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""


class Proposal(models.Model):
    """What one carrier proposes in a round. Members of the carrier share its draft; a manager submits it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("Runde"))
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("Träger")
    )
    number = models.PositiveIntegerField(_("Nummer"), null=True, editable=False)
    """Given when it is submitted first, so that drafts leave no gaps by which others could count them."""
    state = models.CharField(_("Status"), max_length=20, choices=ProposalState, default=ProposalState.DRAFT)
    current: "models.ForeignKey[ProposalVersion | None]" = models.ForeignKey(
        "ProposalVersion", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    """The wording that was submitted last."""
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("geschrieben von")
    )
    names_author = models.BooleanField(
        _("Meinen Namen nennen"),
        default=False,
        help_text=_("Sonst steht nur der Name Ihres Trägers dabei."),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("im Auftrag")
    )
    is_editorial = models.BooleanField(
        _("Nur sprachlich"),
        default=False,
        help_text=_("Ein Tippfehler, ein klarerer Satz: Ohne Einwände gilt er nach zehn Tagen als angenommen."),
    )
    admitted_at = models.DateTimeField(_("zugelassen am"), null=True, editable=False)
    origin = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="continuation", editable=False
    )
    """The proposal of the round before that this one continues."""
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged", editable=False)
    token = models.UUIDField(unique=True, null=True, editable=False)
    """Comes with the page, so that a double click begins one proposal."""
    created_at = models.DateTimeField(_("begonnen am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("Vorschlag")
        verbose_name_plural = _("Vorschläge")
        ordering: ClassVar = ["round", "number", "pk"]
        default_permissions = ("view", "change")
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="frozen_once_submitted",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_FROZEN_ONCE_SUBMITTED,
            ),
            pgtrigger.Protect(
                name="kept", operation=pgtrigger.Delete, condition=~pgtrigger.Q(old__state=ProposalState.DRAFT)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="proposal_number_once"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.DRAFT) | Q(number__isnull=False, current__isnull=False),
                name="proposal_submitted_with_number",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.MERGED, merged_into__isnull=False)
                | (~Q(state=ProposalState.MERGED) & Q(merged_into=None)),
                name="proposal_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC) | Q(admitted_at__isnull=False) | Q(state=ProposalState.MERGED),
                name="proposal_admitted_with_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "state"], name="proposal_queue")]

    def __str__(self) -> str:
        return str(_("Vorschlag {number}").format(number=self.number) if self.number else _("Entwurf"))

    def get_absolute_url(self) -> str:
        return reverse("rounds:proposal", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def title(self) -> str:
        """What the latest submitted wording is called."""
        return self.current.title if self.current else ""


class ProposalVersion(models.Model):
    """One wording of a proposal: title, reason and changes. Submitted, it never changes; another is another version."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("Fassung"))
    title = NameField(_("Kurz gesagt"), max_length=200, blank=True)
    reason = models.TextField(_("Begründung"), max_length=LONGEST_REASON, blank=True)
    submitted_at = models.DateTimeField(_("eingereicht am"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("eingereicht von"),
    )
    created_at = models.DateTimeField(_("begonnen am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("reason", weight="B", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("Fassung eines Vorschlags")
        verbose_name_plural = _("Fassungen eines Vorschlags")
        ordering: ClassVar = ["proposal", "number"]
        default_permissions = ()
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="immutable_once_submitted",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__submitted_at__isnull=False),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(submitted_at=None), name="proposal_one_draft"),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | (Q(submitted_by__isnull=False) & ~Q(title="") & ~Q(reason="")),
                name="proposal_version_submitted_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def mark(self) -> str:
        """Stands for what title and reason say now; pages carry it along, so that nobody overwrites unseen words."""
        return mark_of(self.title, self.reason)


_FROZEN_WITH_VERSION = """
    IF EXISTS (
        SELECT FROM rounds_proposalversion WHERE submitted_at IS NOT NULL
        AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.version_id END,
                   CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.version_id END)
    ) THEN
        RAISE EXCEPTION 'leitfaden: a submitted proposal does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
"""


class ProposedChange(models.Model):
    """One change of a proposal, bound to the wording that its author saw.

    ``block`` and ``seen`` name what is changed; of a new passage ``new_block`` is the identity that it
    will get, and ``kind`` what it is for. ``parent`` and ``after`` say where it goes (insert, move).
    """

    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()
    operation = models.CharField(_("Änderung"), max_length=20, choices=Operation)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, related_name="proposed_changes")
    seen = models.ForeignKey(BlockVersion, on_delete=models.PROTECT, null=True, related_name="proposed_changes")
    new_block = models.UUIDField(null=True)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind, blank=True)
    parent = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("Überschrift"), max_length=300, blank=True)
    html = models.TextField(_("Text"), blank=True)
    fields = models.JSONField(_("Angaben"), default=dict, blank=True)

    class Meta:
        verbose_name = _("vorgeschlagene Änderung")
        verbose_name_plural = _("vorgeschlagene Änderungen")
        ordering: ClassVar = ["version", "position"]
        default_permissions = ()
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="frozen_with_version",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_FROZEN_WITH_VERSION,
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="proposed_change_place_once"),
            models.UniqueConstraint(
                fields=["version", "block"], condition=Q(block__isnull=False), name="proposed_change_block_once"
            ),
            models.CheckConstraint(
                condition=Q(operation=Operation.INSERT, block=None, seen=None, new_block__isnull=False)
                | (
                    ~Q(operation=Operation.INSERT) & Q(block__isnull=False, seen__isnull=False, new_block=None, kind="")
                ),
                name="proposed_change_names_what_was_seen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()} {self.block or self.get_kind_display()}"

    @property
    def shown_at(self) -> UUID | None:
        """The passage at which the change is shown: its own, or what a new one follows."""
        return self.block_id or self.after_id or self.parent_id

    @property
    def target(self) -> UUID:
        """The identity of the passage that this is about, there already or to come."""
        target: UUID = self.block_id or self.new_block
        return target

    @property
    def mark(self) -> str:
        """Stands for what this says now; pages carry it along, so that nobody overwrites what they have not seen."""
        return mark_of(self.operation, self.title, self.html, self.fields, str(self.parent_id), str(self.after_id))

    @property
    def content(self) -> Content | None:
        """The proposed wording; ``None`` where the change is none of the wording."""
        if self.operation in (Operation.REMOVE, Operation.MOVE):
            return None
        return Content(title=self.title, html=self.html, fields=self.fields)

    @property
    def difference(self) -> VersionDifference:
        """What changes in the wording; nothing does for a move."""
        return compare_versions(self.seen, self.seen if self.operation == Operation.MOVE else self.content)

    @property
    def weights(self) -> list[Weight]:
        """What of this change weighs: other numbers, or another degree of obligation."""
        if self.operation == Operation.MOVE:
            return []
        return weights(self.seen.content if self.seen else Content(), self.content or Content())

    def as_change(self) -> changes.Change:
        """Return this as a change of the text."""
        match self.operation:
            case Operation.INSERT:
                return changes.Insert(
                    Kind(self.kind), self.content or Content(), self.parent_id, self.after_id, self.target
                )
            case Operation.REMOVE:
                return changes.Remove(self._seen)
            case Operation.MOVE:
                return changes.Move(self.target, self.parent_id, self.after_id)
        return changes.Edit(self._seen, self.content or Content())

    @property
    def _seen(self) -> BlockVersion:
        assert self.seen is not None  # noqa: S101 - the table's constraint
        return self.seen


def mark_of(*said: Any) -> str:
    """Return a checksum of what is said."""
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


class ProposalStep(models.Model):
    """One move of a proposal, with the words that went with it; the carrier and the staff read it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    action = models.CharField(_("Schritt"), max_length=20)
    reason = models.TextField(_("Begründung"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    at = models.DateTimeField(_("am"), auto_now_add=True)
    told_at = models.DateTimeField(_("der Redaktion mitgeteilt am"), null=True, editable=False)
    """What the staff are told of they read in one mail a day; what carriers are told of goes out at once."""

    class Meta:
        verbose_name = _("Schritt eines Vorschlags")
        verbose_name_plural = _("Schritte eines Vorschlags")
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        triggers: ClassVar = immutable_but("told_at")

    def __str__(self) -> str:
        return f"{self.proposal}: {self.action}"
