"""Who works for a migrant organisation in the portal."""

from django.db import models

from migrantenorgs.models.organisations import MigrantOrganisation
from vielfalt.accounts.models import AbstractInvitation, AbstractMembership
from vielfalt.listings.recording import recorded


@recorded(part_of="organisation")
class MigrantOrganisationMembership(AbstractMembership):
    """A member of a migrant organisation's team."""

    organisation = models.ForeignKey(
        MigrantOrganisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=MigrantOrganisation._meta.verbose_name,
    )

    class Meta(AbstractMembership.Meta):
        pass


class MigrantOrganisationInvitation(AbstractInvitation):
    """An invitation to a migrant organisation's team."""

    organisation = models.ForeignKey(
        MigrantOrganisation,
        on_delete=models.CASCADE,
        related_name="invitations",
        verbose_name=MigrantOrganisation._meta.verbose_name,
    )

    class Meta(AbstractInvitation.Meta):
        pass
