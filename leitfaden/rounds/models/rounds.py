"""Rounds: what is asked, of whom, until when. Once started, only the dates still to come can move."""

from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitfaden.models import Block, Document, Revision
from leitfaden.models.immutable import immutable
from leitfaden.rounds.querysets import ParticipantQuerySet, RoundQuerySet
from vielfalt.text import NameField


class RoundState(models.TextChoices):
    """What people have done with a round; in which phase it is, the clock says."""

    PLANNED = "geplant", _("In Vorbereitung")
    RUNNING = "laeuft", _("Läuft")
    CONCLUDED = "abgeschlossen", _("Abgeschlossen")
    CANCELLED = "abgebrochen", _("Abgebrochen")


class Phase(models.TextChoices):
    """What can be done in a round at a time."""

    PLANNED = "vorbereitung", _("In Vorbereitung")
    WAITING = "angekuendigt", _("Angekündigt")
    COLLECT = "vorschlagen", _("Vorschlagen")
    DISCUSS = "besprechen", _("Besprechen")
    VOTE = "abstimmen", _("Abstimmen")
    CONSOLIDATE = "zusammenfuehren", _("Zusammenführen")
    CONCLUDED = "abgeschlossen", _("Abgeschlossen")
    CANCELLED = "abgebrochen", _("Abgebrochen")


_FROZEN = """
    IF OLD.state <> 'geplant' AND (to_jsonb(NEW) - '{state,collect_from,discuss_from,vote_from,vote_until,about,
        result_id,concluded_at,told_at,cancelled_because}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{state,collect_from,discuss_from,vote_from,vote_until,about,
        result_id,concluded_at,told_at,cancelled_because}'::text[])
    THEN
        RAISE EXCEPTION 'leitfaden: a started round keeps its text, its participants and its quorum'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('geplant', 'laeuft'), ('laeuft', 'abgeschlossen'), ('laeuft', 'abgebrochen')
    ) THEN
        RAISE EXCEPTION 'leitfaden: a round does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""

_FROZEN_WITH_ROUND = """
    IF EXISTS (
        SELECT FROM rounds_round WHERE state <> 'geplant'
        AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.round_id END,
                   CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.round_id END)
    ) THEN
        RAISE EXCEPTION 'leitfaden: this was frozen when the round started' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
"""


def frozen_with_round() -> list[pgtrigger.Trigger]:
    """Refuse every change of the table's rows once their round has started."""
    return [
        pgtrigger.Trigger(
            name="frozen_with_round",
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.Before,
            func=_FROZEN_WITH_ROUND,
        )
    ]


class Round(models.Model):
    """One process from a revision to the next: dated phases, the carriers entitled, and the passages that are open.

    ``base`` is what everybody reads and changes, whatever the staff edit meanwhile. Phases open and
    close by the server's clock; nothing has to run for that.
    """

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("Dokument"), editable=False
    )
    number = models.PositiveIntegerField(_("Nummer"), editable=False)
    title = NameField(_("Titel"), max_length=200)
    about = models.TextField(_("Worum geht es?"), max_length=5_000, blank=True)
    base = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("Stand"), editable=False
    )
    collect_from = models.DateTimeField(_("Vorschlagen ab"))
    discuss_from = models.DateTimeField(_("Besprechen ab"))
    vote_from = models.DateTimeField(_("Abstimmen ab"))
    vote_until = models.DateTimeField(_("Abstimmen bis"))
    quorum = models.PositiveSmallIntegerField(
        _("Quorum"), default=1, help_text=_("So viele Träger müssen sich zu einem Vorschlag geäußert haben.")
    )
    state = models.CharField(_("Status"), max_length=20, choices=RoundState, default=RoundState.PLANNED, editable=False)
    started_at = models.DateTimeField(_("gestartet am"), null=True, editable=False)
    result: "models.ForeignKey[Revision | None]" = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="results_of", editable=False
    )
    concluded_at = models.DateTimeField(_("abgeschlossen am"), null=True, editable=False)
    cancelled_because = models.TextField(_("abgebrochen, weil"), blank=True, editable=False)
    told_at = models.DateTimeField(_("Ergebnis mitgeteilt am"), null=True, editable=False)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("Runde")
        verbose_name_plural = _("Runden")
        ordering: ClassVar = ["document", "-number"]
        default_permissions = ("view", "change")
        permissions: ClassVar = [("research_round", _("Darf Runden verschlüsselt auswerten"))]
        triggers: ClassVar = [
            pgtrigger.Trigger(name="frozen", operation=pgtrigger.Update, when=pgtrigger.Before, func=_FROZEN),
            pgtrigger.Protect(
                name="kept", operation=pgtrigger.Delete, condition=~pgtrigger.Q(old__state=RoundState.PLANNED)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state=RoundState.RUNNING), name="round_one_running"
            ),
            models.CheckConstraint(
                condition=Q(
                    collect_from__lt=F("discuss_from"), discuss_from__lte=F("vote_from"), vote_from__lt=F("vote_until")
                ),
                name="round_phases_in_order",
                violation_error_message=_("Die Zeiten müssen aufeinander folgen: vorschlagen, besprechen, abstimmen."),
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.CONCLUDED, result__isnull=False, concluded_at__isnull=False)
                | (~Q(state=RoundState.CONCLUDED) & Q(result=None, concluded_at=None)),
                name="round_concluded_with_result",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.PLANNED, started_at=None)
                | (~Q(state=RoundState.PLANNED) & Q(started_at__isnull=False)),
                name="round_started_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rounds:round", args=[self.number])

    def phase_at(self, moment: datetime) -> Phase:
        """Return the phase in which the round is at a moment."""
        if self.state == RoundState.PLANNED:
            return Phase.PLANNED
        if self.state != RoundState.RUNNING:
            return Phase(self.state)
        begun = [phase for phase, begin in self.begins if begin <= moment]
        return begun[-1] if begun else Phase.WAITING

    @property
    def phase(self) -> Phase:
        """The phase of this moment."""
        return self.phase_at(timezone.now())

    @property
    def begins(self) -> list[tuple[Phase, datetime]]:
        """The phases with the moments in which they begin."""
        return [
            (Phase.COLLECT, self.collect_from),
            (Phase.DISCUSS, self.discuss_from),
            (Phase.VOTE, self.vote_from),
            (Phase.CONSOLIDATE, self.vote_until),
        ]

    def ends_at(self, phase: Phase) -> datetime | None:
        """Return when a phase ends; ``None`` for those without an end."""
        following = dict(zip([Phase.WAITING, *[one for one, _begin in self.begins]], self.begins, strict=False))
        return following[phase][1] if phase in following else None


class RoundBlock(models.Model):
    """That a passage, with all below it, is open in a round. A round without any is about the whole text."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="open_blocks")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("offener Abschnitt")
        verbose_name_plural = _("offene Abschnitte")
        default_permissions = ()
        triggers: ClassVar = frozen_with_round()
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "block"], name="round_block_once")]

    def __str__(self) -> str:
        return f"{self.round}: {self.block}"


class Participant(models.Model):
    """A carrier that is entitled to take part in a round, under the name that it had at the start.

    The organisation is named by kind and number, because the Leitfaden knows no other domain; what
    it contributed stays when it is gone.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participants", verbose_name=_("Runde"))
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    organisation = GenericForeignKey()
    name = NameField(_("Name"), max_length=200)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("beteiligter Träger")
        verbose_name_plural = _("beteiligte Träger")
        ordering: ClassVar = ["name", "pk"]
        default_permissions = ()
        triggers: ClassVar = frozen_with_round()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "content_type", "object_id"], name="participant_once")
        ]

    def __str__(self) -> str:
        return self.name


class RoundStep(models.Model):
    """What the staff did with a round, and why; everybody who sees the round reads it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="steps")
    text = models.TextField(_("Was geschah"))
    reason = models.TextField(_("Begründung"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    at = models.DateTimeField(_("am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Schritt einer Runde")
        verbose_name_plural = _("Schritte einer Runde")
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        triggers: ClassVar = immutable()

    def __str__(self) -> str:
        return self.text
