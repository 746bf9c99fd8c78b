from migrantenorgs.models.members import MigrantOrganisationInvitation, MigrantOrganisationMembership
from migrantenorgs.models.organisations import MigrantOrganisation, MigrantOrganisationInternal
from migrantenorgs.models.pictures import MigrantOrganisationPicture
from migrantenorgs.models.vocabularies import (
    WHO_SEES_IT,
    ConsentGiven,
    FieldOfAction,
    LegalForm,
    Reach,
    TargetGroup,
    Visibility,
)

__all__ = [
    "WHO_SEES_IT",
    "ConsentGiven",
    "FieldOfAction",
    "LegalForm",
    "MigrantOrganisation",
    "MigrantOrganisationInternal",
    "MigrantOrganisationInvitation",
    "MigrantOrganisationMembership",
    "MigrantOrganisationPicture",
    "Reach",
    "TargetGroup",
    "Visibility",
]
