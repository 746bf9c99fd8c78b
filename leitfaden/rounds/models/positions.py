"""What carriers think of proposals: one position each, and in disputes how much they resist every option."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitfaden.models import Block
from leitfaden.rounds.models.proposals import LONGEST_REASON, ProposalVersion
from leitfaden.rounds.models.rounds import Participant, Round
from leitfaden.rounds.querysets import PositionQuerySet
from vielfalt.listings.recording import recorded

MOST_RESISTANCE = 10


class Stance(models.TextChoices):
    """How a carrier stands to a proposal."""

    AGREE = "zustimmung", _("Zustimmung")
    MINOR = "leichte-bedenken", _("Leichte Bedenken")
    MAJOR = "schwere-bedenken", _("Schwere Bedenken")
    VETO = "veto", _("Veto")
    ABSTAIN = "enthaltung", _("Enthaltung")


CONCERNS = (Stance.MINOR, Stance.MAJOR, Stance.VETO)
"""Positions that need a reason."""


@recorded()
class Position(models.Model):
    """How one carrier stands to one wording of a proposal. It can be changed until the deadline; history is kept.

    One that the staff entered from paper counts once the carrier has confirmed it.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="positions")
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="positions")
    stance = models.CharField(_("Position"), max_length=20, choices=Stance)
    reason = models.TextField(_("Begründung"), max_length=LONGEST_REASON, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    is_confirmed = models.BooleanField(_("bestätigt"), default=True)
    told_at = models.DateTimeField(_("zum Bestätigen vorgelegt am"), null=True, editable=False)
    """When the carrier was asked whether what the staff entered is right."""
    created_at = models.DateTimeField(_("abgegeben am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Position")
        verbose_name_plural = _("Positionen")
        ordering: ClassVar = ["version", "participant"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "version"], name="position_once"),
            models.CheckConstraint(
                condition=~Q(stance__in=CONCERNS) | ~Q(reason=""), name="position_concern_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.get_stance_display()}"


@recorded()
class Resistance(models.Model):
    """How much a carrier resists one option for a disputed passage; without ``version`` it stays as it is."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="resistances")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="resistances")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, null=True, related_name="resistances")
    value = models.PositiveSmallIntegerField(_("Widerstand"), validators=[MaxValueValidator(MOST_RESISTANCE)])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)

    class Meta:
        verbose_name = _("Widerstand")
        verbose_name_plural = _("Widerstände")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "block", "version", "round"], name="resistance_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(value__lte=MOST_RESISTANCE), name="resistance_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.value}"
