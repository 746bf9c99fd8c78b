"""Where an entry stands; apart from the models, because their querysets speak of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an entry stands on its way to the public; only ``PUBLISHED`` is public."""

    DRAFT = "entwurf", _("Entwurf")
    IN_REVIEW = "in-pruefung", _("In Prüfung")
    PUBLISHED = "veroeffentlicht", _("Veröffentlicht")
    DORMANT = "ruht", _("Ruht")
    ARCHIVED = "archiviert", _("Archiviert")
