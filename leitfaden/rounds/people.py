"""The people around a round: whom its mails go to, and how those who speak are named."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from leitfaden.rounds.models import Participant, Remark, Round
from leitfaden.rounds.states import Side
from vielfalt.accounts.models import Role, User
from vielfalt.accounts.permissions import in_charge_of
from vielfalt.listings.teams import members_of


def people_of(participants: Iterable[Participant], *, leading: bool = False) -> dict[User, list[Participant]]:
    """Return everybody who works for one of these carriers, with the carriers they work for.

    ``leading``: only those who may speak for them. Who is in a team is the same as for ``Participant.objects.of``
    and ``led_by``. The number of queries is fixed.
    """
    by_kind: dict[type, dict[int, Participant]] = defaultdict(dict)
    for participant in sorted(participants, key=lambda one: (one.name, one.pk)):
        model = participant.content_type.model_class()
        if model is not None:
            by_kind[model][participant.object_id] = participant
    found: dict[User, dict[Participant, None]] = defaultdict(dict)
    for model, participants_by_key in by_kind.items():
        for key, member in members_of(model, participants_by_key):
            if not leading or member.role == Role.MANAGER:
                found[member.user][participants_by_key[key]] = None
    return {user: list(found[user]) for user in sorted(found, key=lambda one: one.pk)}


def editors_of_rounds() -> list[User]:
    """Return the staff whose task rounds are."""
    return list(in_charge_of(Round).order_by("pk"))


def side_of(remark: Remark) -> str:
    """Return from whom a remark comes, without naming persons."""
    if remark.participant:
        return remark.participant.name
    return str(Side.STAFF.label) if remark.author.is_staff else _("Netzwerk")
