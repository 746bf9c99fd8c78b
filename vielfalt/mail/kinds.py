"""The two classes of mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

KIND_HEADER = "X-Mail-Kind"


class Kind(models.TextChoices):
    """Who switches reminders off still gets every account mail."""

    ACCOUNT = "konto", _("Konto und Anfragen")
    REMINDER = "erinnerung", _("Erinnerung")
