"""Migrant organisations, and what they let others know of them."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from migrantenorgs.models.vocabularies import ConsentGiven, FieldOfAction, LegalForm, Reach, TargetGroup, Visibility
from migrantenorgs.querysets import ADDRESS, CONTACT, MigrantOrganisationQuerySet
from vielfalt.listings.models import InternalDetails, Language, Organisation, PublicAddress, PublicContact
from vielfalt.listings.recording import record_links, recorded
from vielfalt.pictures.models import picture_url
from vielfalt.richtext.fields import RichTextField
from vielfalt.text import SEARCH_CONFIG, MatchKey, NameField

CONSENT = ("contact_consent_on", "contact_consent_by")
"""The fields that only ``give_consent`` and ``withdraw_consent`` change once an entry is there."""

OLDEST = 1800
"""No organisation in the portal is older; a smaller number is a typing mistake."""


def not_in_the_future(day: date) -> None:
    """Refuse a day that is still to come."""
    if day > localdate():
        raise ValidationError(_("Dieser Tag liegt in der Zukunft."), code="future")


def a_year_until_now(year: int) -> None:
    """Refuse a year that is still to come."""
    if year > localdate().year:
        raise ValidationError(_("Dieses Jahr liegt in der Zukunft."), code="future")


@recorded()
class MigrantOrganisation(Organisation):
    """A migrant organisation. It alone decides who sees its entry, its address and its contact data.

    Whatever is made for readers takes organisations from ``for_cards``, ``for_detail`` or another
    queryset after ``for_readers()``, places from ``with_point``, and contact and address from
    ``public_contact`` and ``public_address`` (see ADR 12).
    """

    own_name = NameField(
        _("Name in eigener Schrift"), max_length=200, blank=True, help_text=_("So, wie Sie ihn selbst schreiben.")
    )
    own_name_language = models.ForeignKey(
        Language,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Sprache dieses Namens"),
        help_text=_("Damit Vorleseprogramme ihn richtig aussprechen."),
    )
    transliteration = NameField(
        _("Umschrift"),
        max_length=200,
        blank=True,
        help_text=_("Derselbe Name in lateinischen Buchstaben. Die Suche kennt beide."),
    )
    legal_form = models.ForeignKey(
        LegalForm, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("Rechtsform")
    )
    founded_in = models.PositiveSmallIntegerField(
        _("Gründungsjahr"), null=True, blank=True, validators=[MinValueValidator(OLDEST), a_year_until_now]
    )
    reach = models.CharField(_("Reichweite"), max_length=20, choices=Reach, blank=True)
    fields_of_action = models.ManyToManyField(
        FieldOfAction, blank=True, related_name="organisations", verbose_name=_("Handlungsfelder")
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="organisations", verbose_name=_("Zielgruppen")
    )
    languages = models.ManyToManyField(
        Language, blank=True, related_name="migrant_organisations", verbose_name=_("Sprachen")
    )
    description = RichTextField(
        _("Selbstbeschreibung"),
        blank=True,
        help_text=_("In Ihren eigenen Worten: Wer sind Sie, was ist Ihnen wichtig?"),
    )
    description_easy = RichTextField(_("Selbstbeschreibung in Leichter Sprache"), blank=True)
    offers = RichTextField(_("Angebote"), blank=True, help_text=_("Was gibt es bei Ihnen, für wen und wann?"))
    networks = models.TextField(
        _("Netzwerke"), blank=True, help_text=_("In welchen Verbänden und Bündnissen arbeiten Sie mit?")
    )
    website = models.URLField(
        _("Website"), blank=True, help_text=_("Gehört zum Kontakt: öffentlich nur mit Ihrer Einwilligung.")
    )
    email = models.EmailField(
        _("E-Mail"),
        blank=True,
        help_text=_("Öffentlich nur mit Ihrer Einwilligung. Bitte eine Funktionsadresse, keine persönliche."),
    )
    phone = models.CharField(
        _("Telefon"), max_length=50, blank=True, help_text=_("Öffentlich nur mit Ihrer Einwilligung.")
    )
    opening_hours = models.TextField(
        _("Sprechzeiten"),
        blank=True,
        help_text=_(
            "Gehören zum Kontakt: Sie sagen, wann bei Ihnen jemand ist. Öffentlich nur mit Ihrer Einwilligung."
        ),
    )
    visibility = models.CharField(
        _("Sichtbarkeit"),
        max_length=20,
        choices=Visibility,
        default=Visibility.PLACE_ONLY,
        help_text=_(
            "Das entscheidet die Organisation selbst. „Ohne Adresse“: Alle sehen den Eintrag, aber nur den Ort. "
            "„Nur Netzwerk“: Nur angemeldete Mitglieder von Organisationen im Portal und die Redaktion sehen ihn."
        ),
    )
    contact_consent_on = models.DateField(
        _("Kontaktdaten öffentlich seit"),
        null=True,
        blank=True,
        validators=[not_in_the_future],
        help_text=_("Wann die Organisation eingewilligt hat. Leer: Der Kontakt ist nicht öffentlich."),
    )
    contact_consent_by = models.CharField(_("Einwilligung gegeben"), max_length=20, choices=ConsentGiven, blank=True)
    match_key = models.GeneratedField(
        expression=MatchKey(Concat(F("name"), Value(" | "), F("own_name"), Value(" | "), F("transliteration"))),
        output_field=models.TextField(),
        db_persist=True,
    )
    search = models.GeneratedField(
        expression=SearchVector("name", weight="A", config=SEARCH_CONFIG)
        + SearchVector("short_name", weight="A", config=SEARCH_CONFIG)
        + SearchVector("own_name", weight="A", config=SEARCH_CONFIG)
        + SearchVector("transliteration", weight="A", config=SEARCH_CONFIG)
        + SearchVector("offers", weight="B", config=SEARCH_CONFIG)
        + SearchVector("description", weight="C", config=SEARCH_CONFIG)
        + SearchVector("description_easy", weight="C", config=SEARCH_CONFIG)
        + SearchVector("networks", weight="D", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    notices = GenericRelation("notices.Notice")

    objects = MigrantOrganisationQuerySet.as_manager()

    reserved_slugs: ClassVar = ("anmelden",)
    own_decisions: ClassVar = ("visibility", *CONSENT)

    class Meta(Organisation.Meta):
        verbose_name = _("Migrantenorganisation")
        verbose_name_plural = _("Migrantenorganisationen")
        constraints: ClassVar = [
            *Organisation.Meta.constraints,
            models.CheckConstraint(
                condition=Q(contact_consent_on=None, contact_consent_by="")
                | (Q(contact_consent_on__isnull=False) & ~Q(contact_consent_by="")),
                name="%(class)s_consent_whole",
                violation_error_message=_("Zur Einwilligung gehören der Tag und wie sie gegeben wurde."),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, but never the consent of an entry that is there, unless it is named in ``update_fields``.

        So nobody who loaded the entry a while ago gives back a consent that was withdrawn meanwhile.
        """
        if not self._state.adding and kwargs.get("update_fields") is None:
            unchanged = {*CONSENT, *self.get_deferred_fields()}
            kwargs["update_fields"] = [
                field.name
                for field in self._meta.concrete_fields
                if not (field.primary_key or field.generated or {field.name, field.attname} & unchanged)
            ]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("migrantenorgs:organisation_detail", args=[self.slug])

    @property
    def has_consented(self) -> bool:
        """Whether the contact data is public."""
        return self.contact_consent_on is not None and self.contact_consent_on <= localdate()

    @property
    def shows_address(self) -> bool:
        """Whether readers may know more of the place than the town."""
        return self.visibility != Visibility.PLACE_ONLY

    @property
    def is_for_everybody(self) -> bool:
        return self.visibility != Visibility.NETWORK

    @property
    def logo_url(self) -> str:
        """The address of the logo, if there is one; needs ``for_cards``."""
        return picture_url(self.logo_file) if self.logo_file else ""

    @property
    def facts(self) -> list[tuple[object, object]]:
        """What else a reader wants to know, as pairs of label and value."""
        return [
            (_("Rechtsform"), self.legal_form.name),
            (_("Gegründet"), self.founded_in),
            (_("Reichweite"), self.get_reach_display()),
            (_("Netzwerke"), self.networks),
        ]

    @property
    def public_contact(self) -> PublicContact:
        if "public_phone" in self.__dict__:
            shown = {name: value for name in CONTACT if (value := getattr(self, f"public_{name}"))}
            return PublicContact(**shown)
        return super().public_contact if self.has_consented else PublicContact()

    @property
    def public_address(self) -> PublicAddress:
        if "public_street" in self.__dict__:
            street, postal_code = (getattr(self, f"public_{name}") or "" for name in ADDRESS)
            return PublicAddress(self.municipality.name, street, postal_code)
        return super().public_address if self.shows_address else PublicAddress(self.municipality.name)


record_links(MigrantOrganisation, "fields_of_action", "target_groups", "languages")


@recorded(part_of="organisation", internal=True, restorable=True)
class MigrantOrganisationInternal(InternalDetails):
    """What only the centre sees of a migrant organisation."""

    organisation = models.OneToOneField(
        MigrantOrganisation,
        on_delete=models.CASCADE,
        related_name="internal",
        verbose_name=MigrantOrganisation._meta.verbose_name,
    )
    form_received_on = models.DateField(
        _("Papierbogen eingegangen am"),
        null=True,
        blank=True,
        validators=[not_in_the_future],
        help_text=_("Die Redaktion hat den Eintrag im Auftrag der Organisation angelegt."),
    )

    class Meta(InternalDetails.Meta):
        pass

    def __str__(self) -> str:
        return str(self.organisation)
