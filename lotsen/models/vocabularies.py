"""The vocabularies of the carrier network; staff extend them in the admin."""

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
