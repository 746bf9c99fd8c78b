"""The vocabularies of the carrier network; staff extend them in the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.models import Term


class CarrierType(Term):
    class Meta(Term.Meta):
        verbose_name = _("Trägerart")
        verbose_name_plural = _("Trägerarten")


class Umbrella(Term):
    class Meta(Term.Meta):
        verbose_name = _("Dachverband")
        verbose_name_plural = _("Dachverbände")


class FieldOfWork(Term):
    """Where Lots*innen accompany people to."""

    class Meta(Term.Meta):
        verbose_name = _("Einsatzfeld")
        verbose_name_plural = _("Einsatzfelder")


class TargetGroup(Term):
    class Meta(Term.Meta):
        verbose_name = _("Zielgruppe")
        verbose_name_plural = _("Zielgruppen")


class Specialisation(Term):
    class Meta(Term.Meta):
        verbose_name = _("Spezialisierung")
        verbose_name_plural = _("Spezialisierungen")


class RequestChannel(Term):
    """How one asks for a Lotsin."""

    class Meta(Term.Meta):
        verbose_name = _("Anfrageweg")
        verbose_name_plural = _("Anfragewege")


class Funding(Term):
    class Meta(Term.Meta):
        verbose_name = _("Förderung")
        verbose_name_plural = _("Förderungen")


class Availability(models.TextChoices):
    """How reliably a programme offers a language."""

    REGULAR = "regelmaessig", _("regelmäßig")
    ON_REQUEST = "auf-anfrage", _("auf Anfrage")
    NOT_NOW = "derzeit-nicht", _("derzeit nicht")


AVAILABLE = (Availability.REGULAR, Availability.ON_REQUEST)
"""What counts when somebody looks for a language."""
