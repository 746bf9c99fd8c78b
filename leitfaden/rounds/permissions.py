"""Who conducts rounds, who speaks for a carrier, and who evaluates."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from vielfalt.accounts.models import Role

if TYPE_CHECKING:
    from leitfaden.rounds.models import Participant

CONDUCT = "rounds.change_round"
RESEARCH = "rounds.research_round"


def conducts(user: Any) -> bool:
    """Whether ``user`` prepares rounds, admits proposals and decides, as staff."""
    return _has(user, CONDUCT)


def researches(user: Any) -> bool:
    """Whether ``user`` evaluates rounds, pseudonymised and read-only."""
    return _has(user, RESEARCH)


def _has(user: Any, right: str) -> bool:
    return bool(user is not None and user.is_authenticated and user.is_active and user.has_perm(right))


def works_for(user: Any, participant: "Participant") -> bool:
    """Whether ``user`` is in the team of a carrier: reads and writes its drafts."""
    return _is_in_team(user, participant, "")


def speaks_for(user: Any, participant: "Participant") -> bool:
    """Whether ``user`` manages a carrier: submits, withdraws and takes positions in its name."""
    return _is_in_team(user, participant, Role.MANAGER)


def _is_in_team(user: Any, participant: "Participant", role: str) -> bool:
    """Ask about the one organisation; ``ParticipantQuerySet`` asks about those of all kinds, which takes longer."""
    if user is None or not user.is_active:
        return False
    model: Any = ContentType.objects.get_for_id(participant.content_type_id).model_class()
    team = model.objects.looked_after_by(user, as_role=role)
    return bool(model._base_manager.filter(team, pk=participant.object_id).exists())


def require_conductor(user: Any) -> None:
    if not conducts(user):
        raise PermissionDenied(_("Das macht die Redaktion des Leitfadens."))


def require_researcher(user: Any) -> None:
    if not researches(user):
        raise PermissionDenied(_("Das macht die wissenschaftliche Begleitung."))


def require_member(user: Any, participant: "Participant") -> None:
    if not works_for(user, participant):
        raise PermissionDenied(_("Das kann nur, wer für diesen Träger mitarbeitet."))


def require_speaker(user: Any, participant: "Participant") -> None:
    if not speaks_for(user, participant):
        raise PermissionDenied(_("Für einen Träger spricht, wer dort die Leitung hat. Bitten Sie eine Leitung darum."))
