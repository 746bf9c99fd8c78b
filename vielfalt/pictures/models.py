"""Pictures of an organisation: its logo and up to six others, with what readers must know of them."""

import secrets
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vielfalt.pictures.preparing import SMALL, Prepared

MOST_PICTURES = 6
LOGO_SLOT = 0
SLOTS = [(LOGO_SLOT, _("Logo")), *((n, _("Bild {number}").format(number=n)) for n in range(1, MOST_PICTURES + 1))]


def random_name(picture: models.Model, filename: str) -> str:
    """Return a name that nobody can guess and that says nothing of the file that was uploaded."""
    return f"bilder/{secrets.token_hex(16)}.webp"


class Licence(models.TextChoices):
    """On what grounds a picture may be shown."""

    OWN = "eigenes", _("eigenes Bild")
    PERMITTED = "erlaubnis", _("mit Erlaubnis für dieses Portal")
    CC0 = "cc0", _("CC0 (gemeinfrei)")
    CC_BY = "cc-by", _("CC BY 4.0")
    CC_BY_SA = "cc-by-sa", _("CC BY-SA 4.0")


class PictureQuerySet(models.QuerySet):
    def logos(self) -> Self:
        """The logos, at most one for each organisation."""
        return self.filter(slot=LOGO_SLOT)

    def named(self, name: str) -> Self:
        """The picture that a file belongs to."""
        return self.filter(models.Q(file=name) | models.Q(small=name))

    def of_public(self) -> Self:
        """Pictures that anybody may see: those of public entries."""
        return self.filter(organisation__in=self._organisations().published().order_by())

    def of_visible_to(self, user: object) -> Self:
        """Pictures whose organisation ``user`` may see, as a preview, too."""
        return self.filter(organisation__in=self._organisations().visible_to(user).order_by())

    def _organisations(self) -> Any:
        return self.model._meta.get_field("organisation").related_model._default_manager


class AbstractPicture(models.Model):
    """A picture of an organisation.

    A domain's own class adds the foreign key ``organisation`` with ``related_name="pictures"`` to
    a model whose manager knows ``published()`` and ``visible_to(user)``. The slot makes the limits
    hold in the database, whatever happens at the same time.
    """

    slot = models.PositiveSmallIntegerField(_("Platz"), choices=SLOTS)
    file = models.FileField(_("Datei"), upload_to=random_name)
    small = models.FileField(_("kleine Fassung"), upload_to=random_name, editable=False)
    width = models.PositiveSmallIntegerField(_("Breite"), editable=False)
    height = models.PositiveSmallIntegerField(_("Höhe"), editable=False)
    alt = models.CharField(
        _("Bildbeschreibung"),
        max_length=250,
        blank=True,
        help_text=_("Was ist zu sehen? Für Menschen, die das Bild nicht sehen. Beim Logo darf das Feld leer bleiben."),
    )
    author = models.CharField(
        _("Urheber*in"),
        max_length=200,
        help_text=_("Wer hat das Bild gemacht? Der Name steht öffentlich am Bild."),
    )
    licence = models.CharField(
        _("Nutzungsrecht"),
        max_length=20,
        choices=Licence,
        help_text=_("Warum dürfen wir das Bild zeigen? Sind Personen zu erkennen, müssen auch sie einverstanden sein."),
    )
    created_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")
        ordering: ClassVar = ["slot"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "slot"],
                name="%(class)s_slot_once",
                violation_error_message=_("Auf diesem Platz ist schon ein Bild."),
            ),
            models.CheckConstraint(
                condition=models.Q(slot__lte=MOST_PICTURES),
                name="%(class)s_slot_exists",
                violation_error_message=_("Es gibt Platz für ein Logo und sechs Bilder."),
            ),
            models.CheckConstraint(
                condition=models.Q(slot=LOGO_SLOT) | ~models.Q(alt=""),
                name="%(class)s_described",
                violation_error_message=_("Bitte beschreiben Sie, was auf dem Bild zu sehen ist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}: {self.alt}" if self.alt else str(self.get_slot_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; files that this replaces are removed once that is certain."""
        with transaction.atomic():
            before = type(self)._base_manager.select_for_update().filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if before and before.file.name != self.file.name:
                before.remove_files()

    @classmethod
    def kinds(cls) -> list[type[Self]]:
        """The pictures of all domains."""
        return [model for model in apps.get_models() if issubclass(model, cls)]

    @property
    def is_logo(self) -> bool:
        return self.slot == LOGO_SLOT

    @property
    def url(self) -> str:
        return picture_url(self.file.name)

    @property
    def small_url(self) -> str:
        return picture_url(self.small.name)

    @property
    def small_width(self) -> int:
        """The width of the small file, for browsers to choose by."""
        return max(1, round(self.width * min(1, SMALL / max(self.width, self.height))))

    @property
    def rights(self) -> str:
        """Whom the picture is by and, where that matters to others, what they may do with it."""
        free = (Licence.CC0, Licence.CC_BY, Licence.CC_BY_SA)
        return f"{self.author}, {self.get_licence_display()}" if self.licence in free else self.author

    def siblings(self) -> models.QuerySet:
        """The other pictures of the same organisation."""
        return type(self)._default_manager.filter(organisation=self.organisation_id).exclude(pk=self.pk)

    def take(self, prepared: Prepared) -> None:
        """Let this be the prepared picture; its files are written when it is saved."""
        self.file = ContentFile(prepared.large, "neu.webp")
        self.small = ContentFile(prepared.small, "neu.webp")
        self.width, self.height = prepared.width, prepared.height

    def remove_files(self) -> None:
        """Remove the files after commit: until then, another request may still need them."""
        for file in (self.file, self.small):
            if file:
                transaction.on_commit(_removal(file), robust=True)


def _removal(file: models.fields.files.FieldFile) -> Any:
    storage, name = file.storage, file.name
    return lambda: storage.delete(name)


def remove_files_of(instance: AbstractPicture, **signal: Any) -> None:
    """Remove the files of a deleted picture."""
    instance.remove_files()


def picture_url(name: str) -> str:
    """Return the address of a picture's file."""
    return reverse("pictures:file", args=[name])
