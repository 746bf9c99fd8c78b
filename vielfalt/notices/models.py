"""Notices and what they are about."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.models import Term
from vielfalt.listings.recording import recorded
from vielfalt.notices.querysets import NoticeQuerySet
from vielfalt.places.models import Municipality
from vielfalt.text import SEARCH_CONFIG, MatchKey, NameField

LONGEST = timedelta(days=366)
"""How far ahead the end of a notice may lie: what is true for longer belongs into the entry."""


class Direction(models.TextChoices):
    SEEKS = "sucht", _("sucht")
    OFFERS = "bietet", _("bietet")


class Subject(Term):
    """What is sought or offered: rooms, cooperation, volunteers, knowledge."""

    class Meta(Term.Meta):
        verbose_name = _("Thema von Gesuchen")
        verbose_name_plural = _("Themen von Gesuchen")


@recorded()
class Notice(models.Model):
    """What an organisation seeks or offers until a day. It is seen by those who may see the organisation.

    The organisation is named by kind and number, because notices lie below the domains; each kind
    has the relation ``notices`` back, so that they go with it.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    organisation = GenericForeignKey()

    direction = models.CharField(_("Sie suchen oder bieten?"), max_length=10, choices=Direction)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="notices", verbose_name=_("Worum geht es?")
    )
    title = NameField(
        _("In einem Satz"), max_length=100, help_text=_("Zum Beispiel: Raum für 20 Menschen am Samstagvormittag.")
    )
    text = models.TextField(
        _("Mehr dazu"),
        max_length=1000,
        blank=True,
        help_text=_("Was sollten andere wissen? Bitte keine Telefonnummern: Ihr Kontakt steht bei Ihrem Eintrag."),
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("Ort"))
    ends_on = models.DateField(
        _("Gilt bis"), help_text=_("Danach verschwindet die Anzeige von selbst. Vorher erinnern wir Sie.")
    )
    withheld_because = models.CharField(
        _("zurückgehalten, weil"),
        max_length=300,
        blank=True,
        help_text=_("Leer: öffentlich. Den Grund liest nur die Organisation."),
    )
    told_of_end = models.DateField(null=True, editable=False)
    """The end of which its people were told; another end is another reason to tell them."""
    form_token = models.UUIDField(unique=True, null=True, editable=False)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)
    match_key = models.GeneratedField(expression=MatchKey(F("title")), output_field=models.TextField(), db_persist=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("text", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Gesuch oder Angebot")
        verbose_name_plural = _("Gesuche und Angebote")
        ordering: ClassVar = ["ends_on", "pk"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="notice_search"),
            models.Index(fields=["content_type", "object_id"], name="notice_holder"),
            models.Index(fields=["ends_on"], name="notice_end"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('notices:list')}#{self.anchor}"

    def clean_fields(self, exclude: Any = None) -> None:
        """Check a new end here, where it is known which fields a form has; one that has come stays as it is."""
        super().clean_fields(exclude)
        if "ends_on" in (exclude or ()) or not self.ends_on:
            return
        today = timezone.localdate()
        if not today <= self.ends_on <= today + LONGEST:
            raise ValidationError({"ends_on": _("Bitte wählen Sie einen Tag ab heute, höchstens ein Jahr im Voraus.")})

    @property
    def anchor(self) -> str:
        return f"anzeige-{self.pk}"

    @property
    def strand(self) -> str:
        """The strand of its organisation, whose colour a card has."""
        return str(self.organisation._meta.app_label)

    @property
    def is_running(self) -> bool:
        return self.ends_on >= timezone.localdate()
