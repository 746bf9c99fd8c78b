"""Codes with which the scientific partner marks proposals. They live apart: nobody else reads them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitfaden.rounds.models.proposals import Proposal
from vielfalt.text import NameField


class Code(models.Model):
    """A category of the scientific partner."""

    name = NameField(_("Code"), max_length=100, unique=True)
    meaning = models.TextField(_("Bedeutung"), max_length=2_000, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Code")
        verbose_name_plural = _("Codes")
        ordering: ClassVar = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """That somebody marked a proposal with a code; several people code the same proposals, to compare."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="codings")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="codings")
    note = models.TextField(_("Notiz"), max_length=2_000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Codierung")
        verbose_name_plural = _("Codierungen")
        ordering: ClassVar = ["code", "pk"]
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "proposal", "by"], name="coding_once_by_each")]

    def __str__(self) -> str:
        return f"{self.code}: {self.proposal}"
