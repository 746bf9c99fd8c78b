"""What a round consists of."""

from leitfaden.rounds.models.announcements import Announcement, Occasion
from leitfaden.rounds.models.decisions import Decision, Outcome, Result, Verdict
from leitfaden.rounds.models.positions import CONCERNS, Position, Resistance, Stance
from leitfaden.rounds.models.proposals import (
    OPEN,
    PUBLIC,
    Operation,
    Proposal,
    ProposalState,
    ProposalStep,
    ProposalVersion,
    ProposedChange,
)
from leitfaden.rounds.models.remarks import Advice, Recommendation, Remark
from leitfaden.rounds.models.research import Code, Coding
from leitfaden.rounds.models.rounds import Participant, Phase, Round, RoundBlock, RoundState, RoundStep

__all__ = [
    "CONCERNS",
    "OPEN",
    "PUBLIC",
    "Advice",
    "Announcement",
    "Code",
    "Coding",
    "Decision",
    "Occasion",
    "Operation",
    "Outcome",
    "Participant",
    "Phase",
    "Position",
    "Proposal",
    "ProposalState",
    "ProposalStep",
    "ProposalVersion",
    "ProposedChange",
    "Recommendation",
    "Remark",
    "Resistance",
    "Result",
    "Round",
    "RoundBlock",
    "RoundState",
    "RoundStep",
    "Stance",
    "Verdict",
]
