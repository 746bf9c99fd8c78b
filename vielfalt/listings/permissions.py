"""Who belongs to the network of the portal's organisations, and whose business requests about entries are."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Q

from vielfalt.accounts.models import User, membership_models
from vielfalt.accounts.permissions import may
from vielfalt.listings.registry import kinds, model_of
from vielfalt.listings.states import State

if TYPE_CHECKING:
    from vielfalt.accounts.models import MembershipQuerySet


def works_for_an_organisation(user: User) -> Q:
    """The condition, for the database, that ``user`` is in the team of any organisation that is not archived.

    It does not depend on the row that is asked, so the database answers it once for a query, and
    nobody has to keep the answer: who leaves a team leaves the network at the same moment.
    """
    condition = Q(pk__in=[])
    for model in membership_models():
        teams: MembershipQuerySet = model._default_manager
        condition |= Q(Exists(teams.active().of(user).exclude(organisation__state=State.ARCHIVED)))
    return condition


def in_network(user: User | AnonymousUser) -> bool:
    """Whether ``user`` may see what organisations show to the network only. One query, for staff and visitors none."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_staff or User.objects.filter(works_for_an_organisation(user), pk=user.pk).exists()


def kinds_reviewed_by(user: User) -> list[str]:
    """Return the kinds of entries that ``user`` may change as staff, and so decides requests about."""
    return [kind for kind in kinds() if may(user, "change", model_of(kind))]
