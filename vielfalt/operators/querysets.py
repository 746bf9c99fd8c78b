"""The words in which one asks for operators."""

from typing import Self, cast

from django.apps import apps
from django.db import models

from vielfalt.pictures.models import PictureQuerySet


class OperatorQuerySet(models.QuerySet):
    def published(self) -> Self:
        """All: whoever runs the portal stands in it for everybody."""
        return self.all()

    def visible_to(self, user: object) -> Self:
        """All, as in ``published``."""
        return self.published()

    def with_logo(self) -> Self:
        """Annotate ``logo_file`` and ``logo_alt``."""
        pictures = cast("PictureQuerySet", apps.get_model("operators", "OperatorLogo")._default_manager.all())
        logos = pictures.logos().filter(organisation=models.OuterRef("pk"))
        return self.annotate(
            logo_file=models.Subquery(logos.values("file")), logo_alt=models.Subquery(logos.values("alt"))
        )

    def with_strands(self) -> Self:
        """Load what each of them is responsible for, for its whole entry in the Impressum."""
        return self.with_logo().prefetch_related("responsibilities")

    def running(self, strand: str) -> Self:
        """Those who run a strand, the leading ones first, each with its ``role`` there."""
        mine = self.filter(responsibilities__strand=strand).annotate(role=models.F("responsibilities__role"))
        # The words for the roles happen to stand in the right order.
        return mine.order_by("role", "position", "name")
