"""What every public entry shares: state, freshness, place, contact, vocabularies."""

from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from vielfalt.accounts.models import MembershipQuerySet
from vielfalt.listings.freshness import fresh_since, shown_since
from vielfalt.listings.querysets import OrganisationQuerySet, TermQuerySet
from vielfalt.listings.states import State
from vielfalt.pictures.models import AbstractPicture
from vielfalt.places.models import Municipality, PostalCode
from vielfalt.richtext.fields import RichTextField
from vielfalt.text import SEARCH_CONFIG, MatchKey, NameField, SortKey, german_slug

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from vielfalt.accounts.models import User


class Term(models.Model):
    """A word of a vocabulary that staff can extend."""

    slug = models.SlugField(_("Kürzel in Adressen"), unique=True)
    name = models.CharField(_("Bezeichnung"), max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)
    synonyms = models.CharField(
        _("Synonyme"), max_length=300, blank=True, help_text=_("Durch | getrennt; Suche und Import kennen sie.")
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Language(models.Model):
    """A language, with the name its speakers use."""

    code = models.CharField(_("ISO 639-3"), max_length=3, primary_key=True)
    name = models.CharField(_("Bezeichnung"), max_length=100, unique=True)
    own_name = models.CharField(_("Name in der Sprache selbst"), max_length=100, blank=True)
    tag = models.CharField(_("Sprachkennung (BCP 47)"), max_length=20, help_text=_("Für das lang-Attribut, z. B. ar."))
    right_to_left = models.BooleanField(_("von rechts nach links"), default=False)
    synonyms = models.CharField(
        _("Synonyme"), max_length=300, blank=True, help_text=_("Durch | getrennt; Suche und Import kennen sie.")
    )
    sort_key = models.GeneratedField(expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sprache")
        verbose_name_plural = _("Sprachen")
        ordering: ClassVar = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    @property
    def both_names(self) -> str:
        """The name as readers and as speakers know it, for those who choose their own language."""
        return self.name if self.own_name in ("", self.name) else f"{self.name} · {self.own_name}"

    @property
    def direction(self) -> str:
        """What the dir attribute says of a text in this language."""
        return "rtl" if self.right_to_left else "ltr"

    @property
    def latin_tag(self) -> str:
        """The lang attribute of a text in this language that is written in Latin letters: "fa-AF", "fa-Latn-AF"."""
        language, *region = self.tag.split("-", 1)
        return "-".join([language, "Latn", *region])


class AccessibilityFeature(Term):
    """Something that makes a place usable, e.g. an entrance without steps."""

    class Meta(Term.Meta):
        verbose_name = _("Merkmal der Barrierefreiheit")
        verbose_name_plural = _("Merkmale der Barrierefreiheit")


class Answer(models.TextChoices):
    YES = "ja", _("ja")
    NO = "nein", _("nein")
    UNKNOWN = "unbekannt", _("unbekannt")


class Entry(models.Model):
    """Anything that is published in the portal and must be kept true."""

    state = models.CharField(_("Status"), max_length=20, choices=State, default=State.DRAFT)
    confirmed_on = models.DateField(
        _("bestätigt am"), null=True, blank=True, help_text=_("Wann zuletzt jemand gesagt hat: Das stimmt so.")
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    own_decisions: ClassVar[tuple[str, ...]] = ()
    """Fields in which an organisation decides about itself: restoring an earlier state leaves them as they are."""

    class Meta:
        abstract = True

    @property
    def is_fresh(self) -> bool:
        """Whether somebody has confirmed the entry lately; one that is not fresh says so wherever it is shown."""
        return self.confirmed_on is not None and self.confirmed_on >= fresh_since()

    @property
    def is_hidden(self) -> bool:
        """Whether the last confirmation is so old that the entry has left the public pages."""
        return (self.confirmed_on or localdate(self.created_at)) < shown_since()


@dataclass(frozen=True)
class PublicContact:
    """How and when readers may get in touch with an organisation; what it does not want them to know is empty."""

    phone: str = ""
    email: str = ""
    website: str = ""
    opening_hours: str = ""
    by_appointment: bool = False

    def __bool__(self) -> bool:
        return bool(self.phone or self.email or self.website)


@dataclass(frozen=True)
class PublicAddress:
    """Where readers may know an organisation to be; at least the town is always known."""

    town: str
    street: str = ""
    postal_code: str = ""

    def __str__(self) -> str:
        return "\n".join(filter(None, [self.street, f"{self.postal_code} {self.town}".strip()]))

    @property
    def is_complete(self) -> bool:
        """Whether this is more than a town."""
        return bool(self.street or self.postal_code)


class Organisation(Entry):
    """An organisation with an address, a contact and texts.

    Readers see the contact and the address as ``public_contact`` and ``public_address`` tell them:
    a domain may let its organisations withhold some of it. What only the centre may see lives in a
    table of its own (``InternalDetails``), which no public query reads.
    """

    name = NameField(_("Name"), max_length=200, unique=True)
    short_name = NameField(_("Kurzname"), max_length=60, blank=True)
    slug = models.SlugField(
        _("Kürzel in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Namen gebildet. Frühere Kürzel führen weiter hierher."),
    )
    street = models.CharField(_("Straße und Hausnummer"), max_length=200, blank=True)
    postal_code = models.ForeignKey(
        PostalCode, on_delete=models.PROTECT, null=True, blank=True, verbose_name=PostalCode._meta.verbose_name
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, verbose_name=_("Ort"))
    latitude = models.FloatField(
        _("Breite"), null=True, blank=True, help_text=_("Leer: der Punkt der Gemeinde wird gezeigt.")
    )
    longitude = models.FloatField(_("Länge"), null=True, blank=True)
    website = models.URLField(_("Website"), blank=True)
    email = models.EmailField(
        _("E-Mail"), blank=True, help_text=_("Öffentlich sichtbar. Bitte eine Funktionsadresse, keine persönliche.")
    )
    phone = models.CharField(_("Telefon"), max_length=50, blank=True, help_text=_("Öffentlich sichtbar."))
    description = RichTextField(_("Beschreibung"), blank=True)
    description_easy = RichTextField(_("Beschreibung in Leichter Sprache"), blank=True)
    opening_hours = models.TextField(_("Sprechzeiten"), blank=True)
    by_appointment = models.BooleanField(_("nur mit Termin"), default=False)
    sort_key = models.GeneratedField(expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True)
    match_key = models.GeneratedField(expression=MatchKey(F("name")), output_field=models.TextField(), db_persist=True)
    search = models.GeneratedField(
        expression=SearchVector("name", weight="A", config=SEARCH_CONFIG)
        + SearchVector("short_name", weight="A", config=SEARCH_CONFIG)
        + SearchVector("description", weight="C", config=SEARCH_CONFIG)
        + SearchVector("description_easy", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["sort_key", "name"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="%(class)s_search"),
            GinIndex(OpClass(F("match_key"), name="gin_trgm_ops"), name="%(class)s_match_key"),
            models.Index(fields=["state", "sort_key"], name="%(class)s_state_sort"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(49, 52), longitude__range=(7, 11)),
                name="%(class)s_point_in_hesse",
                violation_error_message=_("Breite und Länge gehören zusammen und liegen in Hessen."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    reserved_slugs: ClassVar[tuple[str, ...]] = ()
    """Words that stand for a page of their own where slugs do."""

    is_co_author: ClassVar[bool] = False
    """Whether organisations of this kind may be entitled to take part in rounds of the Leitfaden."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and remember the address that this entry had before, so that old links keep working."""
        with transaction.atomic():
            if not self.slug:
                self.slug = self.free_slug()
            FormerSlug.remember(self)
            super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """Check the place here, where it is known which fields a form has: the error must stand at one of them."""
        super().clean_fields(exclude)
        places = [name for name in ("postal_code", "municipality") if name not in (exclude or ())]
        if places and self.postal_code and self.municipality_id:
            towns = list(self.postal_code.municipalities.order_by("sort_key"))
            if self.municipality not in towns:
                sentence = _("Die Postleitzahl {code} gehört zu {towns}, nicht zu {town}.")
                names = ", ".join(town.name for town in towns)
                text = sentence.format(code=self.postal_code, towns=names, town=self.municipality)
                raise ValidationError({places[0]: text})

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved_slugs:
            raise ValidationError({"slug": _("Dieses Kürzel ist schon eine Seite des Portals.")})

    @property
    def twins(self) -> "list[Organisation]":
        """The entry that the same organisation has in the other strand, as a list of none or one."""
        return apps.get_model("listings", "Twin")._default_manager.entries_beside(self)

    def twins_listed_for(self, user: "User | AnonymousUser") -> "list[Organisation]":
        """Those of the ``twins`` that ``user`` may know of."""
        return [twin for twin in self.twins if type(twin).objects.listed_for(user).filter(pk=twin.pk).exists()]

    @property
    def teams(self) -> list[MembershipQuerySet]:
        """Everybody who looks after this organisation: its own team, and that of its entry in the other strand."""
        return [entry.memberships.all() for entry in (self, *self.twins)]

    @property
    def first_letter(self) -> str:
        """The letter under which a directory lists the entry."""
        return self.sort_key[:1].upper()

    @property
    def public_contact(self) -> PublicContact:
        """How readers may get in touch. Pages, data and mails for readers take it from here, never from the fields."""
        return PublicContact(self.phone, self.email, self.website, self.opening_hours, self.by_appointment)

    @property
    def public_address(self) -> PublicAddress:
        """Where readers may know the organisation to be, as with ``public_contact``."""
        return PublicAddress(self.municipality.name, self.street, self.postal_code_id or "")

    @property
    def is_for_everybody(self) -> bool:
        """Whether the entry, once published, is meant for everybody, also for search engines."""
        return True

    @property
    def can_be_reached(self) -> bool:
        """Whether the entry names any public way to get in touch."""
        return bool(self.public_contact)

    @property
    def contact_facts(self) -> list[tuple[object, object]]:
        """Where and when to find the organisation, as pairs of label and value."""
        address, contact = self.public_address, self.public_contact
        return [
            (_("Anschrift") if address.is_complete else _("Ort"), str(address)),
            (_("Sprechzeiten"), contact.opening_hours),
            (_("Termin"), _("nur mit Termin") if contact.by_appointment else ""),
        ]

    @property
    def logo(self) -> AbstractPicture | None:
        """The logo; like ``photographs`` it reads the relation ``pictures`` of a domain, which pages prefetch."""
        return next((picture for picture in self.pictures.all() if picture.is_logo), None)

    @property
    def photographs(self) -> list[AbstractPicture]:
        """The pictures that are not the logo, in their order."""
        return [picture for picture in self.pictures.all() if not picture.is_logo]

    def free_slug(self) -> str:
        """Return a slug made from the name that no entry has and none ever had."""
        base = german_slug(self.name)[:70] or "eintrag"
        taken = set(self.reserved_slugs)
        taken |= set(type(self)._base_manager.filter(slug__startswith=base).values_list("slug", flat=True))
        taken |= set(FormerSlug.objects.of(type(self)).filter(slug__startswith=base).values_list("slug", flat=True))
        return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)


class InternalDetails(models.Model):
    """What only the centre sees: contact persons and notes. Never part of a public response."""

    contact_name = models.CharField(_("Ansprechperson"), max_length=200, blank=True)
    contact_email = models.EmailField(_("E-Mail der Ansprechperson"), blank=True)
    contact_phone = models.CharField(_("Telefon der Ansprechperson"), max_length=50, blank=True)
    deputy_name = models.CharField(_("Vertretung"), max_length=200, blank=True)
    deputy_email = models.EmailField(_("E-Mail der Vertretung"), blank=True)
    deputy_phone = models.CharField(_("Telefon der Vertretung"), max_length=50, blank=True)
    note = models.TextField(_("Notiz"), blank=True)

    class Meta:
        abstract = True
        verbose_name = _("Internes")
        verbose_name_plural = _("Internes")


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    def of(self, model: type[models.Model]) -> Self:
        return self.filter(kind=model._meta.label_lower)


class FormerSlug(models.Model):
    """An address an entry once had; it redirects for ever."""

    kind = models.CharField(_("Art"), max_length=100)
    slug = models.SlugField(_("früheres Kürzel"), max_length=80)
    object_id = models.BigIntegerField(_("Nummer des Eintrags"))

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("früheres Kürzel")
        verbose_name_plural = _("frühere Kürzel")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_unique")]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    def remember(cls, entry: Organisation) -> None:
        """Record the slug that the database still has for ``entry`` if it is about to change."""
        kind = entry._meta.label_lower
        cls.objects.filter(kind=kind, slug=entry.slug).delete()
        before = type(entry)._base_manager.filter(pk=entry.pk).exclude(slug=entry.slug).values_list("slug", flat=True)
        for slug in before:
            cls.objects.update_or_create(kind=kind, slug=slug, defaults={"object_id": entry.pk})
