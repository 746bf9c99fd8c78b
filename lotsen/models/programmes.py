"""Programmes: what a carrier offers, where and in which languages."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lotsen.models.carriers import Carrier
from lotsen.models.vocabularies import (
    AVAILABLE,
    Availability,
    FieldOfWork,
    Funding,
    RequestChannel,
    Specialisation,
    TargetGroup,
)
from lotsen.querysets import OfferQuerySet, ProgrammeQuerySet
from vielfalt.listings.models import Entry, Language
from vielfalt.listings.recording import record_links, recorded
from vielfalt.pictures.models import picture_url
from vielfalt.places.models import District, Municipality
from vielfalt.richtext.fields import RichTextField
from vielfalt.richtext.templatetags.richtext import rich_text
from vielfalt.text import SEARCH_CONFIG, MatchKey, NameField, SortKey

SMALLEST_PUBLIC_COUNT = 5
"""Counts of people under this are not shown, so that nobody can be recognised."""


@recorded()
class Programme(Entry):
    """One offer of a carrier. It is public when it and its carrier are published."""

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="programmes", verbose_name=_("Träger"))
    title = NameField(_("Titel"), max_length=200)
    description = RichTextField(_("Beschreibung"), blank=True)
    description_easy = RichTextField(_("Beschreibung in Leichter Sprache"), blank=True)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name=_("Standort"),
        help_text=_("Wo das Programm auf der Karte steht."),
    )
    covered_municipalities = models.ManyToManyField(
        Municipality, blank=True, related_name="covering_programmes", verbose_name=_("zuständig für Gemeinden")
    )
    covered_districts = models.ManyToManyField(
        District, blank=True, related_name="covering_programmes", verbose_name=_("zuständig für ganze Kreise")
    )
    started_on = models.DateField(_("Start"), null=True, blank=True)
    specialisation = models.ForeignKey(
        Specialisation, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Spezialisierung")
    )
    fundings = models.ManyToManyField(Funding, blank=True, related_name="programmes", verbose_name=_("Förderung"))
    fields_of_work = models.ManyToManyField(
        FieldOfWork, blank=True, related_name="programmes", verbose_name=_("Einsatzfelder")
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="programmes", verbose_name=_("Zielgruppen")
    )
    languages = models.ManyToManyField(Language, through="ProgrammeLanguage", verbose_name=_("Sprachen"))
    request_channels = models.ManyToManyField(
        RequestChannel, blank=True, related_name="programmes", verbose_name=_("Anfrageweg")
    )
    response_time = models.CharField(
        _("Reaktionszeit"), max_length=100, blank=True, help_text=_("z. B. innerhalb von drei Werktagen")
    )
    costs = models.CharField(_("Kosten"), max_length=200, blank=True, help_text=_("z. B. kostenlos"))
    coordination = models.CharField(
        _("Koordination"),
        max_length=200,
        blank=True,
        help_text=_("Öffentlich sichtbar: die Stelle, nicht die Person."),
    )
    limits = RichTextField(_("Grenzen des Angebots"), blank=True)
    seeks_volunteers = models.BooleanField(_("Lots*innen gesucht"), default=False)
    active_volunteers = models.PositiveIntegerField(
        _("aktive Lots*innen"),
        null=True,
        blank=True,
        help_text=_("Zahlen unter fünf werden nicht veröffentlicht."),
    )
    sort_key = models.GeneratedField(expression=SortKey(F("title")), output_field=models.TextField(), db_persist=True)
    match_key = models.GeneratedField(expression=MatchKey(F("title")), output_field=models.TextField(), db_persist=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("description", weight="C", config=SEARCH_CONFIG)
        + SearchVector("description_easy", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lotsenprogramm")
        verbose_name_plural = _("Lotsenprogramme")
        ordering: ClassVar = ["sort_key"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="programme_search"),
            GinIndex(OpClass(F("match_key"), name="gin_trgm_ops"), name="programme_match_key"),
            # All that the points of the map need of a programme: they are read without its texts.
            models.Index(
                fields=["state"],
                include=["id", "carrier", "municipality", "confirmed_on", "created_at"],
                name="programme_points",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carrier", "title"],
                name="programme_title_unique_for_carrier",
                violation_error_message=_("Dieser Träger hat schon ein Programm mit diesem Titel."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.carrier.get_absolute_url()}#{self.anchor}"

    @property
    def logo_url(self) -> str:
        """The address of the carrier's logo, if it has one; needs ``for_cards``."""
        return picture_url(self.logo_file) if self.logo_file else ""

    @property
    def anchor(self) -> str:
        return f"programm-{self.pk}"

    @property
    def facts(self) -> list[tuple[object, object]]:
        """What else a reader wants to know, as pairs of label and value; needs ``for_detail``."""
        return [
            (_("So fragen Sie an"), ", ".join(self.channel_names)),
            (_("Antwort"), self.response_time),
            (_("Kosten"), self.costs),
            (_("Für"), ", ".join(self.target_group_names)),
            (_("Grenzen des Angebots"), rich_text(self.limits)),
            (_("Koordination"), self.coordination),
            (_("Aktive Lots*innen"), self.public_volunteers),
            (_("Seit"), self.started_on.year if self.started_on else None),
            (_("Förderung"), ", ".join(self.funding_names)),
        ]

    @cached_property
    def districts(self) -> list[District]:
        """The districts it covers, where it was loaded with ``for_detail``."""
        return [District(**row) for row in self.district_rows]

    @cached_property
    def municipalities(self) -> list[Municipality]:
        """The municipalities it covers, where it was loaded with ``for_detail``."""
        return [Municipality(**row) for row in self.municipality_rows]

    @property
    def public_volunteers(self) -> int | None:
        """The number of active Lots*innen, or ``None`` where it is unknown or too small to be published."""
        count = self.active_volunteers
        return count if count is not None and count >= SMALLEST_PUBLIC_COUNT else None


record_links(
    Programme,
    "covered_municipalities",
    "covered_districts",
    "fundings",
    "fields_of_work",
    "target_groups",
    "request_channels",
)


@recorded(part_of="programme", restorable=True)
class ProgrammeLanguage(models.Model):
    """A language a programme offers, and how reliably."""

    Availability = Availability

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="offered_languages")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="offers", verbose_name=_("Sprache"))
    availability = models.CharField(
        _("Verfügbarkeit"), max_length=20, choices=Availability, default=Availability.REGULAR
    )
    note = models.CharField(_("Hinweis"), max_length=200, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sprache des Programms")
        verbose_name_plural = _("Sprachen des Programms")
        ordering: ClassVar = ["language__sort_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "language"], name="language_once_per_programme")
        ]

    def __str__(self) -> str:
        return f"{self.language} ({self.get_availability_display()})"

    @property
    def is_available(self) -> bool:
        return self.availability in AVAILABLE


class ProgrammeDistrict(models.Model):
    """A district in which a programme is based or of which it covers something: a view of the database."""

    pk = models.CompositePrimaryKey("programme", "district")
    programme = models.ForeignKey(Programme, on_delete=models.DO_NOTHING, related_name="reach")
    district = models.ForeignKey(District, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "lotsen_programme_district"

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.district_id}"
