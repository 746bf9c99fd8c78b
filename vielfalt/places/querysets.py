"""The words in which one asks for places."""

from django.db import models


class MunicipalityQuerySet(models.QuerySet):
    """Municipalities of Hesse."""
