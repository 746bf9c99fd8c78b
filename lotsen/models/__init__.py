from lotsen.models.carriers import Accessibility, Carrier, CarrierInternal
from lotsen.models.figures import AnnualFigures, FundingRules, MissionCount
from lotsen.models.members import CarrierInvitation, CarrierMembership
from lotsen.models.pictures import CarrierPicture
from lotsen.models.programmes import Programme, ProgrammeLanguage
from lotsen.models.vocabularies import (
    CarrierType,
    FieldOfWork,
    Funding,
    RequestChannel,
    Specialisation,
    TargetGroup,
    Umbrella,
)

__all__ = [
    "Accessibility",
    "AnnualFigures",
    "Carrier",
    "CarrierInternal",
    "CarrierInvitation",
    "CarrierMembership",
    "CarrierPicture",
    "CarrierType",
    "FieldOfWork",
    "Funding",
    "FundingRules",
    "MissionCount",
    "Programme",
    "ProgrammeLanguage",
    "RequestChannel",
    "Specialisation",
    "TargetGroup",
    "Umbrella",
]
