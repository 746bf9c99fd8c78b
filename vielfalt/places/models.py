"""Hesse: its districts, municipalities, postal codes and WIR-Vielfaltszentren."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vielfalt.places.querysets import DiversityCentreQuerySet, MunicipalityQuerySet
from vielfalt.text import MatchKey, SortKey


class Place(models.Model):
    """Something on the map with an official key (AGS) and a point inside it (WGS 84, degrees)."""

    name = models.CharField(_("Name"), max_length=200)
    latitude = models.FloatField(_("Breite"))
    longitude = models.FloatField(_("Länge"))
    outline = models.TextField(
        _("Umriss"), editable=False, help_text=_("SVG-Pfad in den Koordinaten von places/data/geometry.json.")
    )
    sort_key = models.GeneratedField(expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True)
    match_key = models.GeneratedField(expression=MatchKey(F("name")), output_field=models.TextField(), db_persist=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class District(Place):
    """A Landkreis or a kreisfreie Stadt; Hesse has 27."""

    class Kind(models.TextChoices):
        RURAL = "landkreis", _("Landkreis")
        CITY = "kreisfreie-stadt", _("Kreisfreie Stadt")

    ags = models.CharField(_("Kreisschlüssel (AGS)"), max_length=5, primary_key=True)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)

    class Meta(Place.Meta):
        verbose_name = _("Landkreis oder kreisfreie Stadt")
        verbose_name_plural = _("Landkreise und kreisfreie Städte")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name with its kind where the name alone would be ambiguous: two are called Kassel, two Offenbach."""
        if self.kind == self.Kind.CITY:
            return _("Stadt {name}").format(name=self.name)
        if self.name.lower().endswith("kreis"):
            return self.name
        return _("Landkreis {name}").format(name=self.name)


class Municipality(Place):
    """A town or village with its own administration; Hesse has 421."""

    ags = models.CharField(_("Gemeindeschlüssel (AGS)"), max_length=8, primary_key=True)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="municipalities", verbose_name=District._meta.verbose_name
    )
    former_names = models.CharField(
        _("frühere Namen und Schlüssel"),
        max_length=500,
        blank=True,
        help_text=_("Durch | getrennt; die Ortssuche kennt sie."),
    )
    former_key = models.GeneratedField(
        expression=MatchKey(F("former_names")), output_field=models.TextField(), db_persist=True
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Place.Meta):
        verbose_name = _("Gemeinde")
        verbose_name_plural = _("Gemeinden")
        indexes: ClassVar = [GinIndex(OpClass(F("match_key"), name="gin_trgm_ops"), name="municipality_match_key")]

    @property
    def with_district(self) -> str:
        """The name with the Landkreis; a city that is a district of its own stands alone."""
        if self.district.kind == District.Kind.CITY:
            return self.name
        return f"{self.name}, {self.district.label}"


class PostalCode(models.Model):
    """A postal code with its point; some span several municipalities."""

    code = models.CharField(_("Postleitzahl"), max_length=5, primary_key=True)
    latitude = models.FloatField(_("Breite"))
    longitude = models.FloatField(_("Länge"))
    municipalities = models.ManyToManyField(
        Municipality, related_name="postal_codes", verbose_name=Municipality._meta.verbose_name_plural
    )

    class Meta:
        verbose_name = _("Postleitzahl")
        verbose_name_plural = _("Postleitzahlen")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code


class DiversityCentre(models.Model):
    """A WIR-Vielfaltszentrum: whom to ask where no carrier covers a place.

    There is one for every district and one for each of the six Sonderstatusstädte, which have
    ``municipality`` set and answer for that municipality only.
    """

    name = models.CharField(_("Name"), max_length=200, unique=True)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="diversity_centres", verbose_name=District._meta.verbose_name
    )
    municipality = models.OneToOneField(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="diversity_centre",
        verbose_name=_("nur für die Stadt"),
        help_text=_("Nur bei Städten mit Sonderstatus; sonst gilt das Zentrum für den ganzen Kreis."),
    )
    website = models.URLField(_("Website"), blank=True)
    email = models.EmailField(_("E-Mail"), blank=True, help_text=_("Öffentlich sichtbar. Bitte eine Funktionsadresse."))
    phone = models.CharField(_("Telefon"), max_length=50, blank=True, help_text=_("Öffentlich sichtbar."))
    sort_key = models.GeneratedField(expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True)

    objects = DiversityCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("WIR-Vielfaltszentrum")
        verbose_name_plural = _("WIR-Vielfaltszentren")
        ordering: ClassVar = ["sort_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district"], condition=models.Q(municipality=None), name="one_diversity_centre_per_district"
            )
        ]

    def __str__(self) -> str:
        return self.name
