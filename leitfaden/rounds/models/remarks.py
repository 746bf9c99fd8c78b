"""What is said to a proposal: the staff's recommendation, and what the network and the staff remark."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitfaden.models.immutable import immutable_but
from leitfaden.rounds.models.proposals import LONGEST_REASON, Proposal, ProposalVersion
from leitfaden.rounds.models.rounds import Participant
from leitfaden.rounds.querysets import RemarkQuerySet


class Advice(models.TextChoices):
    """What the staff recommend before carriers take their positions."""

    ADOPT = "annehmen", _("annehmen")
    CHANGE = "aendern", _("mit Änderungen annehmen")
    DECLINE = "ablehnen", _("nicht annehmen")


class Recommendation(models.Model):
    """What the staff recommend about a wording, and why."""

    version = models.OneToOneField(ProposalVersion, on_delete=models.PROTECT, related_name="recommendation")
    advice = models.CharField(_("Empfehlung"), max_length=20, choices=Advice)
    reason = models.TextField(_("Begründung"), max_length=LONGEST_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)

    class Meta:
        verbose_name = _("Empfehlung")
        verbose_name_plural = _("Empfehlungen")
        default_permissions = ()
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="recommendation_with_reason")]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_advice_display()}"


class Remark(models.Model):
    """What somebody says to a proposal: the network discusses, the staff also keep notes of their own."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="remarks")
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="remarks")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von")
    )
    text = models.TextField(_("Beitrag"), max_length=LONGEST_REASON)
    is_internal = models.BooleanField(_("nur für die Redaktion"), default=False)
    token = models.UUIDField(unique=True, null=True, editable=False)
    created_at = models.DateTimeField(_("geschrieben am"), auto_now_add=True)
    told_at = models.DateTimeField(_("mitgeteilt am"), null=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Beitrag zu einem Vorschlag")
        verbose_name_plural = _("Beiträge zu Vorschlägen")
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        triggers: ClassVar = immutable_but("told_at")

    def __str__(self) -> str:
        return self.text[:80]
