"""The words in which one asks for any public entry."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, Concat

from vielfalt.accounts.permissions import may
from vielfalt.listings.freshness import fresh_since, still_shown, unconfirmed_since
from vielfalt.listings.states import State
from vielfalt.places.distance import distance_km
from vielfalt.places.models import District
from vielfalt.text import SEARCH_CONFIG, MatchKey

if TYPE_CHECKING:
    from vielfalt.accounts.models import User

MOST_WORDS = 8
"""A question has fewer words; more would only make the query slow."""


def words_of(text: str) -> list[str]:
    """Return the words of what somebody typed, without NUL bytes (PostgreSQL refuses them) and at most eight."""
    return text.replace("\x00", " ").split()[:MOST_WORDS]


def names_match(word: str) -> Q:
    """What it means that ``word`` is (roughly) part of the sorted name or is found in the texts of an entry.

    PostgreSQL has an index for each part, and uses them where nothing from another table stands beside them.
    """
    return (
        Q(search=SearchQuery(word, config=SEARCH_CONFIG))
        | Q(match_key__contains=MatchKey(Value(word)))
        | Q(match_key__trigram_word_similar=MatchKey(Value(word)))
    )


@models.Field.register_lookup
class Among(models.Lookup):
    """``pk__among=keys``: one of many keys that are known, sent as one value instead of one for each key."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, self.rhs)


class TermQuerySet(models.QuerySet):
    """Words of a vocabulary."""

    def named_like(self, word: str) -> Self:
        """Terms whose name or synonyms contain ``word``: "Kurdisch" finds Kurmandschi and Sorani."""
        names = MatchKey(Concat(F("name"), Value(" "), F("synonyms")))
        return self.alias(names=names).filter(names__contains=MatchKey(Value(word)))


class EntryQuerySet(models.QuerySet):
    """What holds for everything that is published and searched for, be it an organisation or what it offers."""

    def maintained(self) -> Self:
        """Entries that the centre wants to be public, hidden or not: the ones to keep current."""
        return self.filter(state=State.PUBLISHED)

    def search(self, text: str) -> Self:
        """Entries in which every word of ``text`` is found, or nearly; ``matching`` says where."""
        found = self
        for word in words_of(text):
            found = found.filter(self.matching(word))
        return found

    def matching(self, word: str) -> Q:
        """Where a word counts as found: in the name or the texts. A domain adds what else it has."""
        return self.any(names_match(word))

    def with_point(self) -> Self:
        """Annotate ``point_latitude`` and ``point_longitude``: where the public may see the entry on the map."""
        raise NotImplementedError

    def with_distance(self, latitude: float, longitude: float) -> Self:
        """Annotate ``distance``: kilometres as the crow flies from the point (degrees, WGS 84)."""
        return self.with_point().annotate(
            distance=distance_km("point_latitude", "point_longitude", to=(latitude, longitude))
        )

    def within(self, kilometres: float, latitude: float, longitude: float) -> Self:
        """Entries that are based at most that far from the point."""
        near = type(self)(self.model).with_distance(latitude, longitude).filter(distance__lte=kilometres)
        return self.filter(pk__in=near.values("pk"))

    def for_cards(self) -> Self:
        """Load what an entry of a list shows, in a fixed number of queries; nothing more where a domain doesn't say."""
        return self.all()

    def any(self, *conditions: Q, **lookups: object) -> Q:
        """The condition that something related matches, which never repeats an entry."""
        return Q(pk__in=self.model._base_manager.filter(*conditions, **lookups).values("pk"))


class OrganisationQuerySet(EntryQuerySet):
    """What holds for every organisation, of whichever strand.

    Who may see an organisation is decided here only. A strand whose entries are not meant for
    everybody says so in ``disclosed_to``; ``published``, ``listed_for`` and ``visible_to`` follow.
    """

    def disclosed_to(self, user: "User | AnonymousUser") -> Self:
        """Organisations of which ``user`` may know as a reader, whatever their state: here all of them."""
        return self.all()

    def published(self) -> Self:
        """Organisations that anybody may see: published, not hidden for their age, and disclosed to everybody."""
        return self.listed_for(AnonymousUser())

    def listed_for(self, user: "User | AnonymousUser") -> Self:
        """Organisations that ``user`` finds in lists, searches and maps: the current ones, without any preview."""
        return self.disclosed_to(user).maintained().filter(still_shown())

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Organisations whose own page ``user`` may see: the listed ones; as a preview members theirs, their staff all.

        Staff of another strand are readers like others.
        """
        if not getattr(user, "is_active", False):
            return self.published()
        if may(user, "view", self.model):
            return self.all()
        return self.filter(Q(pk__in=self.listed_for(user)) | self.looked_after_by(user))

    def for_detail(self) -> Self:
        """Load what an organisation's own page shows; ``has_twin`` saves most of them from looking for one."""
        twins: Any = apps.get_model("listings", "Twin")._default_manager.filter(kind=self.model._meta.label_lower)
        return self.annotate(has_twin=models.Exists(twins.filter(object_id=models.OuterRef("pk"))))

    def hidden(self) -> Self:
        """Organisations that left the public pages because nobody confirmed them for too long."""
        return self.maintained().exclude(still_shown())

    def editable_by(self, user: object) -> Self:
        """Organisations that ``user`` looks after in "Mein Bereich"; staff edit in the administration."""
        return self.filter(self.looked_after_by(user)) if getattr(user, "is_active", False) else self.none()

    def for_workspace(self) -> Self:
        """Load what a member needs to see how complete an entry is; the team is those who can log in."""
        memberships: Any = self.model._meta.get_field("memberships").related_model
        team = memberships._default_manager.active()
        return self.select_related("municipality__district").prefetch_related(models.Prefetch("memberships", team))

    def looked_after_by(self, user: object, *, as_role: str = "") -> Q:
        """The organisations in whose team ``user`` is, or in that of their entry in the other strand.

        ``as_role`` narrows it to what somebody is there.
        """
        member: dict[str, object] = {"memberships__user": user}
        if as_role:
            member["memberships__role"] = as_role
        return self.looked_after_where(**member)

    def looked_after_where(self, **member: object) -> Q:
        """The organisations that have such a member in their team, or in that of their entry in the other strand."""
        twins = apps.get_model("listings", "Twin")._default_manager.beside(
            self.model, lambda model: model._base_manager.filter(**member)
        )
        return self.any(**member) | Q(pk__in=twins.values("object_id"))

    def with_doubts_since(self, day: date) -> Self:
        """Organisations that were last confirmed before ``day``, or never."""
        return self.filter(unconfirmed_since(day))

    def with_point(self) -> Self:
        """Annotate ``point_latitude`` and ``point_longitude``: its own point, else that of its municipality."""
        return self.annotate(
            point_latitude=Coalesce("latitude", "municipality__latitude"),
            point_longitude=Coalesce("longitude", "municipality__longitude"),
        )

    def by_district(self) -> models.QuerySet[District]:
        """All districts, each with ``number``: how many of these organisations are based there."""
        based = f"municipalities__{self.model._meta.model_name}"
        here = Q(**{f"{based}__in": self})
        return District.objects.annotate(number=Count(based, filter=here)).order_by("sort_key")

    def counted(self, fresh_since: date) -> dict[str, int]:
        """Return how many there are, in how many districts, and how many were confirmed since that day."""
        return self.order_by().aggregate(
            all=Count("pk"),
            districts=Count("municipality__district", distinct=True),
            fresh=Count("pk", filter=Q(confirmed_on__gte=fresh_since)),
        )

    def current_share(self) -> int | None:
        """Return how many of a hundred were confirmed lately; ``None`` if there are none."""
        counted = self.counted(fresh_since=fresh_since())
        return round(100 * counted["fresh"] / counted["all"]) if counted["all"] else None
