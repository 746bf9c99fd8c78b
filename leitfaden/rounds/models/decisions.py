"""What becomes of each change: planned at the workbench, and decided for ever when a round is consolidated."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitfaden.content import Content
from leitfaden.models import BlockVersion
from leitfaden.models.immutable import immutable
from leitfaden.rounds.models.proposals import LONGEST_REASON, ProposedChange, mark_of
from leitfaden.rounds.models.rounds import Round


class Outcome(models.TextChoices):
    """What becomes of a change."""

    ADOPTED = "angenommen", _("Angenommen")
    CHANGED = "mit-aenderungen", _("Mit Änderungen angenommen")
    DECLINED = "abgelehnt", _("Nicht angenommen")
    POSTPONED = "verschoben", _("Auf die nächste Runde verschoben")
    SETTLED = "erledigt", _("Durch einen anderen Vorschlag erledigt")


TAKEN = (Outcome.ADOPTED, Outcome.CHANGED)
"""Outcomes by which a change comes into the text."""


class Verdict(models.Model):
    """What the staff intend for a change while they work at a round; only they see it."""

    change = models.OneToOneField(ProposedChange, on_delete=models.CASCADE, related_name="verdict")
    outcome = models.CharField(_("Entscheidung"), max_length=20, choices=Outcome)
    reason = models.TextField(_("Öffentliche Begründung"), max_length=LONGEST_REASON)
    settled_by = models.ForeignKey(ProposedChange, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)

    class Meta:
        verbose_name = _("vorläufige Entscheidung")
        verbose_name_plural = _("vorläufige Entscheidungen")
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_with_reason"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.SETTLED, settled_by__isnull=False)
                | (~Q(outcome=Outcome.SETTLED) & Q(settled_by=None)),
                name="verdict_settled_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.get_outcome_display()}"

    @property
    def mark(self) -> str:
        """Stands for what this says now; pages carry it along, so that nobody overrules what they have not seen."""
        return mark_of(self.outcome, self.reason, self.settled_by_id)


class Result(models.Model):
    """What a passage is to say after a round, as a person has confirmed it.

    ``basis`` is the checksum of what the person had before their eyes; when proposals or verdicts
    change, it does not fit any more, and somebody has to look again.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="results")
    target = models.UUIDField()
    title = models.CharField(_("Überschrift"), max_length=300, blank=True)
    html = models.TextField(_("Text"), blank=True)
    fields = models.JSONField(_("Angaben"), default=dict, blank=True)
    basis = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)

    class Meta:
        verbose_name = _("Ergebnis für einen Abschnitt")
        verbose_name_plural = _("Ergebnisse für Abschnitte")
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "target"], name="result_once")]

    def __str__(self) -> str:
        return f"{self.round}: {self.target}"

    @property
    def content(self) -> Content:
        return Content(title=self.title, html=self.html, fields=self.fields)

    @property
    def mark(self) -> str:
        """Stands for what was confirmed; pages carry it along, so that nobody overwrites what they have not seen."""
        return mark_of(self.title, self.html, self.fields)


class Decision(models.Model):
    """What was decided about a change, why, and how strong the consensus was at that moment."""

    change = models.OneToOneField(ProposedChange, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(_("Entscheidung"), max_length=20, choices=Outcome)
    reason = models.TextField(_("Begründung"))
    settled_by = models.ForeignKey(ProposedChange, on_delete=models.PROTECT, null=True, related_name="+")
    version: "models.ForeignKey[BlockVersion | None]" = models.ForeignKey(
        BlockVersion, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    """The wording that came of it; moves and removals have none."""
    consensus = models.JSONField(_("Stand der Meinungen"))
    """How many carriers stood how (``leitfaden.rounds.consensus.Consensus``)."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    at = models.DateTimeField(_("am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Entscheidung")
        verbose_name_plural = _("Entscheidungen")
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        triggers: ClassVar = immutable()
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_with_reason"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.SETTLED, settled_by__isnull=False)
                | (~Q(outcome=Outcome.SETTLED) & Q(settled_by=None)),
                name="decision_settled_by_another",
            ),
            models.CheckConstraint(
                condition=Q(version=None) | Q(outcome__in=TAKEN), name="decision_with_wording_only_if_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.get_outcome_display()}"
