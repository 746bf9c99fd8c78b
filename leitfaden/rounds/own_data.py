"""What somebody wrote and did in rounds: for the file with all their own data, and when they leave.

Accounts that are deleted lose their name everywhere (``vielfalt.accounts.actions.pseudonymise``). What they did
for a carrier is the carrier's and stays.
"""

from typing import Any

from django.apps import apps
from django.db.models import Q

from leitfaden.rounds.models import (
    Coding,
    Decision,
    Operation,
    Proposal,
    ProposalStep,
    ProposalVersion,
    Recommendation,
    Remark,
    Stance,
)
from leitfaden.rounds.states import TRANSITIONS, status
from vielfalt.accounts.models import User


def own_data(user: User) -> dict[str, Any]:
    """Return what ``user`` wrote and did, for carriers and for the staff."""
    return {
        "vorschlaege": _proposals(user),
        "schritte": [
            {
                "vorschlag": str(step.proposal),
                "schritt": str(TRANSITIONS[step.action].label) if step.action in TRANSITIONS else step.action,
                "begruendung": step.reason,
                "am": step.at.isoformat(),
            }
            for step in ProposalStep.objects.filter(by=user).select_related("proposal")
        ],
        "beitraege": [
            {
                "vorschlag": str(remark.proposal),
                "fuer": remark.participant.name if remark.participant else None,
                "text": remark.text,
                "nur_fuer_die_redaktion": remark.is_internal,
                "am": remark.created_at.isoformat(),
            }
            for remark in Remark.objects.filter(author=user).select_related("proposal", "participant")
        ],
        "positionen": _positions(user),
        "widerstaende": _resistances(user),
        "empfehlungen": [
            {
                "vorschlag": str(one.version.proposal),
                "empfehlung": one.get_advice_display(),
                "begruendung": one.reason,
                "am": one.updated_at.isoformat(),
            }
            for one in Recommendation.objects.filter(by=user).select_related("version__proposal")
        ],
        "entscheidungen": [
            {
                "vorschlag": str(decision.change.version.proposal),
                "entscheidung": decision.get_outcome_display(),
                "begruendung": decision.reason,
                "am": decision.at.isoformat(),
            }
            for decision in Decision.objects.filter(by=user).select_related("change__version__proposal")
        ],
        "codierungen": [
            {
                "vorschlag": str(coding.proposal),
                "code": coding.code.name,
                "notiz": coding.note,
                "am": coding.at.isoformat(),
            }
            for coding in Coding.objects.filter(by=user).select_related("code", "proposal")
        ],
    }


def forget(address: str) -> None:
    """Let the proposals of somebody who leaves name their carrier only; nobody reads that a person is gone."""
    Proposal.objects.filter(author__email__iexact=address, names_author=True).update(names_author=False)


def _proposals(user: User) -> list[dict[str, Any]]:
    """Return the proposals at which ``user`` wrote, with their words as long as ``user`` may read them."""
    written = Q(author=user) | Q(entered_by=user) | Q(pk__in=_submitted_by(user).values("proposal"))
    found = Proposal.objects.filter(written).select_related("round", "participant").order_by("pk")
    found = found.prefetch_related("versions__changes__block")
    readable = set(Proposal.objects.visible_to(user).filter(written).values_list("pk", flat=True))
    return [
        {
            "runde": proposal.round.title,
            "traeger": proposal.participant.name,
            "vorschlag": str(proposal),
            "status": status(proposal),
            "mein_name_wird_genannt": proposal.names_author and proposal.author_id == user.pk,
            "begonnen": proposal.created_at.isoformat(),
            "fassungen": _wordings(proposal) if proposal.pk in readable else [],
        }
        for proposal in found
    ]


def _submitted_by(user: User) -> Any:
    return ProposalVersion.objects.filter(submitted_by=user).order_by()


def _wordings(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "fassung": version.number,
            "kurz_gesagt": version.title,
            "begruendung": version.reason,
            "eingereicht": version.submitted_at.isoformat() if version.submitted_at else None,
            "aenderungen": [
                {
                    "art": str(Operation(change.operation).label),
                    "absatz": change.block.anchor if change.block else None,
                    "ueberschrift": change.title,
                    "text": change.html,
                    "angaben": change.fields,
                }
                for change in version.changes.all()
            ],
        }
        for version in proposal.versions.all()
    ]


def _positions(user: User) -> list[dict[str, Any]]:
    """Return every position that ``user`` took, also those that were changed since."""
    events: Any = apps.get_model("rounds", "PositionEvent")
    taken = events.objects.filter(by=user).exclude(pgh_label="delete").order_by("pgh_id")
    return [
        {
            "vorschlag": str(event.version.proposal),
            "fuer": event.participant.name,
            "position": str(Stance(event.stance).label),
            "begruendung": event.reason,
            "am": event.pgh_created_at.isoformat(),
        }
        for event in taken.select_related("version__proposal", "participant")
    ]


def _resistances(user: User) -> list[dict[str, Any]]:
    events: Any = apps.get_model("rounds", "ResistanceEvent")
    said = events.objects.filter(by=user).exclude(pgh_label="delete").order_by("pgh_id")
    return [
        {
            "absatz": event.block.anchor,
            "vorschlag": str(event.version.proposal) if event.version else None,
            "fuer": event.participant.name,
            "widerstand": event.value,
            "am": event.pgh_created_at.isoformat(),
        }
        for event in said.select_related("block", "version__proposal", "participant")
    ]
