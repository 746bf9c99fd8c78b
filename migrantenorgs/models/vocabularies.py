"""The vocabularies of migrant organisations; staff extend those that are tables in the admin.

There is none for nationality, country of origin or religion, and there must not be one: whoever
wants to say that says it in their own words (``tests/test_no_origin.py``).
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.models import Term


class LegalForm(Term):
    class Meta(Term.Meta):
        verbose_name = _("Rechtsform")
        verbose_name_plural = _("Rechtsformen")


class FieldOfAction(Term):
    """What an organisation works for."""

    class Meta(Term.Meta):
        verbose_name = _("Handlungsfeld")
        verbose_name_plural = _("Handlungsfelder")


class TargetGroup(Term):
    """For whom an organisation is there."""

    class Meta(Term.Meta):
        verbose_name = _("Zielgruppe")
        verbose_name_plural = _("Zielgruppen")


class Reach(models.TextChoices):
    """How far an organisation's work goes."""

    QUARTER = "stadtteil", _("Stadtteil")
    MUNICIPALITY = "kommune", _("Kommune")
    DISTRICT = "kreis", _("Kreis")
    STATE = "hessen", _("Hessen")
    NATION = "bundesweit", _("bundesweit")


class Visibility(models.TextChoices):
    """Who may see an organisation's published entry, and how much of its place. Only the organisation decides."""

    OPEN = "oeffentlich", _("öffentlich")
    PLACE_ONLY = "ohne-adresse", _("ohne Adresse (nur Ort)")
    NETWORK = "nur-netzwerk", _("nur Netzwerk")


WHO_SEES_IT: dict[Visibility, Promise] = {
    Visibility.OPEN: _("Alle sehen ihn, mit Adresse."),
    Visibility.PLACE_ONLY: _("Alle sehen ihn. Von der Adresse sehen sie nur den Ort."),
    Visibility.NETWORK: _("Nur angemeldete Mitglieder von Organisationen im Portal und wir sehen ihn."),
}
"""What each visibility means for an organisation's entry, in the words of forms."""


class ConsentGiven(models.TextChoices):
    """How an organisation has agreed that its contact data may be public."""

    ONLINE = "online", _("online durch die Organisation")
    ON_PAPER = "papier", _("auf Papier")
