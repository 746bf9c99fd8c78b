"""The question a reader asks of the directory of migrant organisations."""

from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from migrantenorgs.models import FieldOfAction, MigrantOrganisation, Reach, TargetGroup
from vielfalt.listings.facets import Facet
from vielfalt.listings.filters import EntryFilter
from vielfalt.listings.models import Language
from vielfalt.notices.models import Direction, Subject

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from vielfalt.accounts.models import User


def _running(direction: Direction) -> Q:
    """The notices that count today; the database knows the day, because facets are made once."""
    return Q(notices__direction=direction, notices__ends_on__gte=TruncDate(Now()), notices__withheld_because="")


FACETS = (
    Facet("handlungsfeld", _("Worum geht es?"), "fields_of_action__slug", FieldOfAction),
    Facet("zielgruppe", _("Für wen?"), "target_groups__slug", TargetGroup),
    Facet("sprache", _("Sprache"), "languages__code", Language),
    Facet("reichweite", _("Reichweite"), "reach", Reach),
    Facet("sucht", _("Sucht"), "notices__subject__slug", Subject, _running(Direction.SEEKS), repeats=True),
    Facet("bietet", _("Bietet"), "notices__subject__slug", Subject, _running(Direction.OFFERS), repeats=True),
)


class OrganisationFilter(EntryFilter):
    """Migrant organisations, those near a place first."""

    offered_facets: ClassVar = FACETS

    class Meta(EntryFilter.Meta):
        model = MigrantOrganisation


def ask(question: QueryDict, user: "User | AnonymousUser", *, options: bool) -> OrganisationFilter:
    """Return the organisations that ``user`` may find, narrowed by the question."""
    return OrganisationFilter(question, MigrantOrganisation.objects.listed_for(user), options=options)


def count(question: QueryDict, user: "User | AnonymousUser") -> int:
    """Return how many organisations the question finds for ``user``."""
    return ask(question, user, options=False).qs.count()
