"""Who works for a carrier in the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lotsen.models.carriers import Carrier
from vielfalt.accounts.models import AbstractInvitation, AbstractMembership
from vielfalt.listings.recording import recorded


@recorded(part_of="organisation")
class CarrierMembership(AbstractMembership):
    """A member of a carrier's team."""

    organisation = models.ForeignKey(
        Carrier, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("Träger")
    )

    class Meta(AbstractMembership.Meta):
        pass


class CarrierInvitation(AbstractInvitation):
    """An invitation to a carrier's team."""

    organisation = models.ForeignKey(
        Carrier, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("Träger")
    )

    class Meta(AbstractInvitation.Meta):
        pass
