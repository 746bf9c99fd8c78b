"""The words in which one asks for carriers and programmes."""

from datetime import date
from typing import TYPE_CHECKING, Self, cast

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from lotsen.models.vocabularies import AVAILABLE, FieldOfWork, Funding, RequestChannel, TargetGroup
from vielfalt.accounts.models import User
from vielfalt.listings.freshness import fresh_since, still_shown
from vielfalt.listings.models import Language, State
from vielfalt.listings.querysets import names_match, words_of
from vielfalt.pictures.models import PictureQuerySet
from vielfalt.places.distance import distance_km
from vielfalt.places.models import District, Municipality
from vielfalt.reminders.models import Reminder
from vielfalt.reminders.querysets import in_the_hands_of_staff, said_to_be_gone
from vielfalt.text import MatchKey

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def _offers() -> "OfferQuerySet":
    """All languages of all programmes; looked up late, because the models need this module first."""
    return cast("OfferQuerySet", apps.get_model("lotsen", "ProgrammeLanguage")._default_manager.all())


def _names_of(vocabulary: type[FieldOfWork | Funding | RequestChannel | TargetGroup]) -> ArraySubquery:
    """The names of a programme's terms, in the vocabulary's order."""
    return ArraySubquery(vocabulary.objects.filter(programmes=OuterRef("pk")).values("name"))


def _logo_files() -> models.Subquery:
    """The file with the logo of a programme's carrier."""
    logos = cast("PictureQuerySet", apps.get_model("lotsen", "CarrierPicture")._default_manager.all()).logos()
    return models.Subquery(logos.filter(organisation=OuterRef("carrier")).values("file"))


class CarrierQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Carriers that anybody may see: published and not hidden because their last confirmation is too old."""
        return self.maintained().filter(still_shown())

    def maintained(self) -> Self:
        """Carriers that the centre wants to be public, hidden or not: the ones to keep current."""
        return self.filter(state=State.PUBLISHED)

    def hidden(self) -> Self:
        """Carriers that left the public pages because nobody confirmed them for too long."""
        return self.maintained().exclude(still_shown())

    def with_doubts_since(self, day: date) -> Self:
        """Carriers of which they or a published programme were last confirmed before ``day``, or never."""
        old = Q(confirmed_on=None) | Q(confirmed_on__lt=day)
        programmes = apps.get_model("lotsen", "Programme")._default_manager.filter(old, state=State.PUBLISHED)
        return self.filter(old | Q(pk__in=programmes.values("carrier")))

    def said_to_be_gone(self) -> Self:
        """Carriers whose people say that they no longer exist."""
        return self.filter(said_to_be_gone(Reminder.objects.about(self.model)))

    def with_questions(self) -> Self:
        """Carriers that the staff should ask: two reminders without an answer, or ``said_gone``."""
        reminders = Reminder.objects.about(self.model)
        return self.filter(in_the_hands_of_staff(reminders)).annotate(said_gone=said_to_be_gone(reminders))

    def left_to_their_people(self) -> Self:
        """Carriers about which the staff have nothing to ask yet."""
        return self.exclude(in_the_hands_of_staff(Reminder.objects.about(self.model)))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Carriers that ``user`` may see: the public ones; as a preview staff see all, members their own."""
        if not getattr(user, "is_active", False):
            return self.published()
        own = self.model._base_manager.filter(memberships__user=user)
        return self.all() if user.is_staff else self.filter(Q(pk__in=self.published()) | Q(pk__in=own))

    def editable_by(self, user: object) -> Self:
        """Carriers that ``user`` looks after in "Mein Bereich"; staff edit in the administration."""
        return self.filter(memberships__user=user) if getattr(user, "is_active", False) else self.none()

    def search(self, text: str) -> Self:
        """Carriers whose name or texts contain every word of ``text``, or nearly."""
        found = self
        for word in words_of(text):
            found = found.filter(names_match(word))
        return found

    def by_district(self) -> models.QuerySet[District]:
        """All districts, each with ``number``: how many of these carriers are based there."""
        here = Q(municipalities__carrier__in=self)
        return District.objects.annotate(number=Count("municipalities__carrier", filter=here)).order_by("sort_key")

    def counted(self, fresh_since: date) -> dict[str, int]:
        """Return how many there are, in how many districts, and how many were confirmed since that day."""
        return self.order_by().aggregate(
            all=Count("pk"),
            districts=Count("municipality__district", distinct=True),
            fresh=Count("pk", filter=Q(confirmed_on__gte=fresh_since)),
        )

    def current_share(self) -> int | None:
        """Return how many of a hundred were confirmed lately; ``None`` if there are no carriers."""
        counted = self.counted(fresh_since=fresh_since())
        return round(100 * counted["fresh"] / counted["all"]) if counted["all"] else None

    def for_cards(self) -> Self:
        """Load what a line of the directory shows."""
        offers = (
            _offers()
            .available()
            .filter(
                still_shown("programme__"),
                programme__carrier=OuterRef(OuterRef("pk")),
                programme__state=State.PUBLISHED,
            )
        )
        names = Language.objects.filter(pk__in=offers.values("language")).order_by("sort_key").values("name")
        return self.select_related("carrier_type", "municipality__district").annotate(
            language_names=ArraySubquery(names)
        )

    def for_detail(self) -> Self:
        """Load what a carrier's own page shows."""
        related = ("carrier_type", "umbrella", "postal_code", "municipality__district")
        return self.select_related(*related).prefetch_related("accessibility__feature", "pictures")

    def for_workspace(self) -> Self:
        """Load what a member needs to see how complete an entry is, in a fixed number of queries."""
        return self.select_related("municipality__district", "carrier_type").prefetch_related(
            "accessibility",
            "memberships__user",
            models.Prefetch("programmes", apps.get_model("lotsen", "Programme")._default_manager.order_by("sort_key")),
            "programmes__offered_languages",
            "programmes__fields_of_work",
            "programmes__covered_municipalities",
            "programmes__covered_districts",
            "programmes__request_channels",
        )


class ProgrammeQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Programmes that anybody may see: theirs and their carrier's entry are both published and not hidden."""
        public = {"state": State.PUBLISHED, "carrier__state": State.PUBLISHED}
        return self.filter(still_shown(), still_shown("carrier__"), **public)

    def maintained(self) -> Self:
        """Programmes that the centre wants to be public, hidden or not."""
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Programmes that ``user`` may see: the public ones; as a preview staff see all, members their own."""
        if not getattr(user, "is_active", False):
            return self.published()
        own = self.any(carrier__memberships__user=user)
        return self.all() if user.is_staff else self.filter(Q(pk__in=self.published()) | own)

    def editable_by(self, user: object) -> Self:
        """Programmes that ``user`` may change: those of the carriers they may change."""
        return self.filter(carrier__in=apps.get_model("lotsen", "Carrier")._default_manager.editable_by(user))

    def of(self, carrier: models.Model) -> Self:
        """Programmes of one carrier."""
        return self.filter(carrier=carrier)

    def covering(self, municipality: Municipality) -> Self:
        """Programmes responsible for ``municipality``: they name it or its whole district."""
        return self.filter(self.covers(municipality))

    def covers(self, municipality: Municipality) -> Q:
        """The condition behind ``covering``."""
        return self.any(covered_municipalities=municipality) | self.any(covered_districts=municipality.district_id)

    def search(self, text: str) -> Self:
        """Programmes in which every word of ``text`` is found: in names, texts, languages, fields or places."""
        found = self
        for word in words_of(text):
            languages = Language.objects.named_like(word)
            places = Municipality.objects.filter(match_key__contains=MatchKey(Value(word)))
            found = found.filter(
                names_match(word)
                | names_match(word, prefix="carrier__")
                | self.any(offered_languages__in=_offers().available().filter(language__in=languages))
                | self.any(fields_of_work__in=FieldOfWork.objects.named_like(word))
                | self.any(target_groups__in=TargetGroup.objects.named_like(word))
                | Q(municipality__in=places)
                | self.any(covered_municipalities__in=places)
            )
        return found

    def with_point(self) -> Self:
        """Annotate ``latitude`` and ``longitude``: the carrier's own point if it is in the same place."""
        at_home = Q(municipality=F("carrier__municipality"))
        return self.annotate(
            latitude=Case(
                When(at_home, then=Coalesce("carrier__latitude", "municipality__latitude")),
                default="municipality__latitude",
            ),
            longitude=Case(
                When(at_home, then=Coalesce("carrier__longitude", "municipality__longitude")),
                default="municipality__longitude",
            ),
        )

    def with_distance(self, latitude: float, longitude: float) -> Self:
        """Annotate ``distance``: kilometres as the crow flies from the point (degrees, WGS 84)."""
        return self.with_point().annotate(distance=distance_km("latitude", "longitude", to=(latitude, longitude)))

    def within(self, kilometres: float, latitude: float, longitude: float) -> Self:
        """Programmes that are based at most that far from the point."""
        near = type(self)(self.model).with_distance(latitude, longitude).filter(distance__lte=kilometres)
        return self.filter(pk__in=near.values("pk"))

    def for_cards(self) -> Self:
        """Load what a result card shows, in a fixed number of queries."""
        offers = _offers().available().select_related("language")
        return (
            self.select_related("carrier", "municipality__district")
            .prefetch_related(models.Prefetch("offered_languages", offers))
            .annotate(field_names=_names_of(FieldOfWork), logo_file=_logo_files())
        )

    def for_detail(self) -> Self:
        """Load what the carrier's page shows of each programme."""
        offers = _offers().select_related("language")
        return (
            self.select_related("municipality", "specialisation")
            .prefetch_related(
                models.Prefetch("offered_languages", offers), "covered_municipalities", "covered_districts"
            )
            .annotate(
                field_names=_names_of(FieldOfWork),
                target_group_names=_names_of(TargetGroup),
                channel_names=_names_of(RequestChannel),
                funding_names=_names_of(Funding),
            )
            .order_by("sort_key")
        )

    def any(self, *conditions: Q, **lookups: object) -> Q:
        """The condition that something related matches, which never repeats a programme."""
        return Q(pk__in=self.model._base_manager.filter(*conditions, **lookups).values("pk"))

    def offered_languages(self) -> models.QuerySet[Language]:
        """The languages that these programmes offer at present, in alphabetical order."""
        offers = _offers().available().filter(programme__in=self.order_by())
        return Language.objects.filter(pk__in=offers.values("language")).order_by("sort_key")


class OfferQuerySet(models.QuerySet):
    def available(self) -> Self:
        """Languages that can be asked for now."""
        return self.filter(availability__in=AVAILABLE)


class FundingRulesQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> Self:
        """The rules in force on ``day``: none or one."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")[:1]
