"""The words in which one asks for carriers and programmes."""

from datetime import date
from typing import Self

from django.db import models

from vielfalt.listings.models import State


class CarrierQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Carriers that anybody may see."""
        return self.filter(state=State.PUBLISHED)


class ProgrammeQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Programmes that anybody may see: theirs and their carrier's entry are both published."""
        return self.filter(state=State.PUBLISHED, carrier__state=State.PUBLISHED)


class FundingRulesQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> Self:
        """The rules in force on ``day``: none or one."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")[:1]
