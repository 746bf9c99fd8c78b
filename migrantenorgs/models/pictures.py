"""Pictures of migrant organisations."""

from django.db import models

from migrantenorgs.models.organisations import MigrantOrganisation
from vielfalt.listings.recording import recorded
from vielfalt.pictures.models import AbstractPicture


@recorded(part_of="organisation")
class MigrantOrganisationPicture(AbstractPicture):
    """An organisation's logo or one of its pictures; who may see them is asked of the organisation's visibility."""

    organisation = models.ForeignKey(
        MigrantOrganisation,
        on_delete=models.CASCADE,
        related_name="pictures",
        verbose_name=MigrantOrganisation._meta.verbose_name,
    )

    class Meta(AbstractPicture.Meta):
        pass
