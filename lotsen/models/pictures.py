"""Pictures of carriers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lotsen.models.carriers import Carrier
from vielfalt.listings.recording import recorded
from vielfalt.pictures.models import AbstractPicture


@recorded(part_of="organisation")
class CarrierPicture(AbstractPicture):
    """A carrier's logo or one of its pictures. History tells of them; files that were removed do not come back."""

    organisation = models.ForeignKey(
        Carrier, on_delete=models.CASCADE, related_name="pictures", verbose_name=_("Träger")
    )

    class Meta(AbstractPicture.Meta):
        pass
