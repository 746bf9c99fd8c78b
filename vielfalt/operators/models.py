"""The organisations that run the portal, and which strand each of them is responsible for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from vielfalt.operators.querysets import OperatorQuerySet
from vielfalt.pictures.models import AbstractPicture, picture_url
from vielfalt.text import NameField


class Strand(models.TextChoices):
    """A part of the portal that has operators of its own; its value is the label of the app that holds it."""

    LOTSEN = "lotsen", _("WIR-Lots*innen")
    MIGRANTENORGS = "migrantenorgs", _("Migrantenorganisationen")
    LEITFADEN = "leitfaden", _("Leitfaden und Methodenkoffer")

    @classmethod
    def of(cls, about: models.Model | str) -> "Strand":
        """Return the strand that an entry belongs to, or that is named."""
        return cls(about._meta.app_label if isinstance(about, models.Model) else about)


class Operator(models.Model):
    """An organisation that runs a strand of the portal, alone or with others. All of it is public."""

    name = NameField(_("Name"), max_length=200, unique=True)
    short_name = NameField(_("Kurzname"), max_length=60, blank=True, help_text=_("Für die Fußzeile jeder Seite."))
    street = models.CharField(_("Straße und Hausnummer"), max_length=200, blank=True)
    postal_code = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    town = models.CharField(_("Ort"), max_length=100, blank=True)
    phone = models.CharField(_("Telefon"), max_length=50, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True, help_text=_("Bitte eine Funktionsadresse, keine persönliche."))
    website = models.URLField(_("Website"), blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)

    objects = OperatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("Betreiber*in")
        verbose_name_plural = _("Betreiber*innen")
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """The name where there is little room."""
        return self.short_name or self.name

    @property
    def address(self) -> str:
        """The postal address in lines, without what is unknown."""
        return "\n".join(filter(None, [self.street, f"{self.postal_code} {self.town}".strip()]))

    @property
    def can_be_reached(self) -> bool:
        """Whether there is any way to get in touch."""
        return bool(self.phone or self.email or self.website)

    @property
    def logo_url(self) -> str:
        """The address of the logo, if there is one; needs ``with_logo``."""
        return picture_url(self.logo_file) if self.logo_file else ""


class Responsibility(models.Model):
    """That an operator runs a strand, and in which role."""

    class Role(models.TextChoices):
        LEADING = "federfuehrend", _("federführend")
        PARTNER = "partner", _("in Kooperation")

    operator = models.ForeignKey(
        Operator, on_delete=models.CASCADE, related_name="responsibilities", verbose_name=_("Betreiber*in")
    )
    strand = models.CharField(_("Bereich"), max_length=20, choices=Strand)
    role = models.CharField(_("Rolle"), max_length=20, choices=Role, default=Role.LEADING)

    class Meta:
        verbose_name = _("Zuständigkeit")
        verbose_name_plural = _("Zuständigkeiten")
        ordering: ClassVar = ["role", "strand"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["operator", "strand"],
                name="responsible_once_for_a_strand",
                violation_error_message=_("Für diesen Bereich steht hier schon eine Rolle."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_strand_display()} ({self.get_role_display()})"


class OperatorLogo(AbstractPicture):
    """An operator's logo: the only picture it has."""

    organisation = models.ForeignKey(
        Operator, on_delete=models.CASCADE, related_name="pictures", verbose_name=_("Betreiber*in")
    )

    class Meta(AbstractPicture.Meta):
        verbose_name = _("Logo")
        verbose_name_plural = _("Logo")
