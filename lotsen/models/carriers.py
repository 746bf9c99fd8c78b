"""Carriers: the organisations that run Lotsen programmes."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lotsen.models.vocabularies import CarrierType, Umbrella
from lotsen.querysets import CarrierQuerySet
from vielfalt.listings.models import AccessibilityFeature, Answer, InternalDetails, Organisation
from vielfalt.listings.recording import recorded


@recorded()
class Carrier(Organisation):
    """An organisation that runs Lotsen programmes."""

    is_co_author = True

    carrier_type = models.ForeignKey(
        CarrierType, on_delete=models.PROTECT, related_name="carriers", verbose_name=_("Trägerart")
    )
    umbrella = models.ForeignKey(
        Umbrella,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carriers",
        verbose_name=_("Dachverband"),
    )

    notices = GenericRelation("notices.Notice")

    objects = CarrierQuerySet.as_manager()

    reserved_slugs: ClassVar = ("anmelden",)

    class Meta(Organisation.Meta):
        verbose_name = _("Träger")
        verbose_name_plural = _("Träger")
        indexes: ClassVar = [
            *Organisation.Meta.indexes,
            # The same for the points of the map as "programme_points".
            models.Index(
                fields=["state"],
                include=["id", "municipality", "confirmed_on", "created_at", "latitude", "longitude"],
                name="carrier_points",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("lotsen:carrier_detail", args=[self.slug])

    @property
    def accessibility_facts(self) -> list[tuple[object, object]]:
        """What is known of the place's accessibility, as pairs of label and answer; unknown is left out."""
        known = [item for item in self.accessibility.all() if item.answer != Answer.UNKNOWN]
        return [(item.feature, ", ".join(filter(None, [item.get_answer_display(), item.note]))) for item in known]


@recorded(part_of="carrier", internal=True, restorable=True)
class CarrierInternal(InternalDetails):
    """What only the centre sees of a carrier."""

    carrier = models.OneToOneField(Carrier, on_delete=models.CASCADE, related_name="internal", verbose_name=_("Träger"))

    class Meta(InternalDetails.Meta):
        pass

    def __str__(self) -> str:
        return str(self.carrier)


@recorded(part_of="carrier", restorable=True)
class Accessibility(models.Model):
    """What a carrier says about one feature of accessibility at its place."""

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="accessibility")
    feature = models.ForeignKey(AccessibilityFeature, on_delete=models.PROTECT, verbose_name=_("Merkmal"))
    answer = models.CharField(_("Antwort"), max_length=10, choices=Answer, default=Answer.UNKNOWN)
    note = models.CharField(_("Erläuterung"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Angabe zur Barrierefreiheit")
        verbose_name_plural = _("Angaben zur Barrierefreiheit")
        ordering: ClassVar = ["feature__position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["carrier", "feature"], name="one_answer_per_accessibility_feature")
        ]

    def __str__(self) -> str:
        return f"{self.feature}: {self.get_answer_display()}"
