"""What programmes did in a year, and the dated rules of the state programme that figures are checked against."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lotsen.models.programmes import Programme
from lotsen.models.vocabularies import FieldOfWork
from lotsen.querysets import FundingRulesQuerySet
from vielfalt.listings.recording import recorded


def _count(label: str) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True)


class FundingRules(models.Model):
    """The rules of the state programme WIR from a day on, with their source."""

    valid_from = models.DateField(_("gilt ab"), unique=True)
    source = models.CharField(_("Quelle"), max_length=300)
    min_units = models.PositiveSmallIntegerField(_("Basisqualifizierung: UE mindestens"))
    max_units = models.PositiveSmallIntegerField(_("Basisqualifizierung: UE höchstens"))
    euros_per_unit = models.DecimalField(_("Euro je Teilnehmer*in und UE"), max_digits=6, decimal_places=2)
    euros_per_hour = models.DecimalField(_("Aufwandsentschädigung je Stunde in Euro"), max_digits=6, decimal_places=2)
    max_hours = models.PositiveSmallIntegerField(_("Stunden im Jahr je Lots*in höchstens"))
    max_hours_coordinating = models.PositiveSmallIntegerField(
        _("Stunden im Jahr je koordinierende*r Lots*in höchstens")
    )
    coordination_euros = models.DecimalField(_("Koordinierungspauschale in Euro"), max_digits=8, decimal_places=2)
    coordination_min_volunteers = models.PositiveSmallIntegerField(_("Koordinierungspauschale ab Lots*innen"))

    objects = FundingRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("Förderregel")
        verbose_name_plural = _("Förderregeln")
        ordering: ClassVar = ["-valid_from"]

    def __str__(self) -> str:
        return _("Regeln ab {day:%d.%m.%Y}").format(day=self.valid_from)


@recorded(part_of="programme")
class AnnualFigures(models.Model):
    """What one programme did in one year: counts only, never single people."""

    class State(models.TextChoices):
        OPEN = "offen", _("offen")
        IN_PROGRESS = "in-arbeit", _("in Arbeit")
        SUBMITTED = "eingereicht", _("eingereicht")
        CHECKED = "geprueft", _("geprüft")

    class Release(models.TextChoices):
        CENTRE = "kompetenzzentrum", _("nur Kompetenzzentrum")
        AGGREGATED = "aggregiert", _("aggregiert")
        PUBLIC = "oeffentlich", _("öffentlich")

    class Format(models.TextChoices):
        ON_SITE = "praesenz", _("Präsenz")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("Hybrid")

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="annual_figures", verbose_name=_("Lotsenprogramm")
    )
    year = models.PositiveSmallIntegerField(_("Jahr"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    state = models.CharField(_("Status"), max_length=20, choices=State, default=State.OPEN)
    release = models.CharField(_("Freigabe"), max_length=20, choices=Release, default=Release.CENTRE)

    active = _count(_("aktive Lots*innen"))
    coordinating = _count(_("davon koordinierend"))
    new = _count(_("neu dazugekommen"))
    left = _count(_("ausgeschieden"))
    women = _count(_("Frauen"))
    men = _count(_("Männer"))
    diverse = _count(_("divers"))
    gender_unknown = _count(_("Geschlecht: keine Angabe"))
    with_migration_history = _count(_("mit Migrationsgeschichte (freiwillige Angabe)"))
    hours = models.DecimalField(_("Stunden"), max_digits=9, decimal_places=1, null=True, blank=True)
    people_reached = _count(_("erreichte Personen"))
    people_reached_estimated = models.BooleanField(_("erreichte Personen sind geschätzt"), default=False)

    courses = _count(_("Basisqualifizierungen"))
    course_units = _count(_("UE je Basisqualifizierung"))
    course_participants = _count(_("Teilnehmende"))
    course_certificates = _count(_("Zertifikate"))
    course_format = models.CharField(_("Format"), max_length=10, choices=Format, blank=True)
    advanced_seminars = _count(_("Vertiefungsseminare"))
    reflection_talks = _count(_("Reflexionsgespräche"))
    comment = models.TextField(_("Bemerkung"), blank=True)

    class Meta:
        verbose_name = _("Jahreszahlen")
        verbose_name_plural = _("Jahreszahlen")
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                name="annual_figures_once_a_year",
                violation_error_message=_("Für dieses Jahr gibt es schon Jahreszahlen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    def most_hours(self, rules: FundingRules) -> Decimal | None:
        """Return the hours that the rules allow for this year's people, or ``None`` while their number is unknown."""
        if self.active is None:
            return None
        coordinating = self.coordinating or 0
        return Decimal((self.active - coordinating) * rules.max_hours + coordinating * rules.max_hours_coordinating)


class MissionCount(models.Model):
    """How often people were accompanied in one field of work."""

    figures = models.ForeignKey(AnnualFigures, on_delete=models.CASCADE, related_name="missions")
    field_of_work = models.ForeignKey(FieldOfWork, on_delete=models.PROTECT, verbose_name=_("Einsatzfeld"))
    count = models.PositiveIntegerField(_("Einsätze"))

    class Meta:
        verbose_name = _("Einsätze in einem Einsatzfeld")
        verbose_name_plural = _("Einsätze nach Einsatzfeld")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["figures", "field_of_work"], name="missions_once_per_field_of_work")
        ]

    def __str__(self) -> str:
        return f"{self.field_of_work}: {self.count}"
