"""The words in which one asks for carriers and programmes."""

from datetime import date
from typing import TYPE_CHECKING, Self, cast

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, JSONObject

from lotsen.models.vocabularies import AVAILABLE, FieldOfWork, Funding, RequestChannel, TargetGroup
from vielfalt.accounts.models import User
from vielfalt.accounts.permissions import may
from vielfalt.listings.freshness import still_shown, unconfirmed_since
from vielfalt.listings.models import Language, State
from vielfalt.listings.querysets import EntryQuerySet, names_match
from vielfalt.pictures.models import PictureQuerySet
from vielfalt.places.models import District, Municipality
from vielfalt.reminders.querysets import AskedQuerySet
from vielfalt.text import MatchKey

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def _offers() -> "OfferQuerySet":
    """All languages of all programmes; looked up late, because the models need this module first."""
    return cast("OfferQuerySet", apps.get_model("lotsen", "ProgrammeLanguage")._default_manager.all())


def _names_of(vocabulary: type[FieldOfWork | Funding | RequestChannel | TargetGroup]) -> ArraySubquery:
    """The names of a programme's terms, in the vocabulary's order."""
    return ArraySubquery(vocabulary.objects.filter(programmes=OuterRef("pk")).values("name"))


def _covered(kind: type[District | Municipality], *fields: str) -> ArraySubquery:
    """The rows of the places that a programme covers, with some of their fields."""
    covered = kind.objects.filter(covering_programmes=OuterRef("pk"))
    return ArraySubquery(covered.values(row=JSONObject(**{name: name for name in fields})))


def _logo_files() -> models.Subquery:
    """The file with the logo of a programme's carrier."""
    logos = cast("PictureQuerySet", apps.get_model("lotsen", "CarrierPicture")._default_manager.all()).logos()
    return models.Subquery(logos.filter(organisation=OuterRef("carrier")).values("file"))


class CarrierQuerySet(AskedQuerySet):
    def with_doubts_since(self, day: date) -> Self:
        """Carriers of which they or a published programme were last confirmed before ``day``, or never."""
        old = unconfirmed_since(day)
        programmes = apps.get_model("lotsen", "Programme")._default_manager.filter(old, state=State.PUBLISHED)
        return self.filter(old | Q(pk__in=programmes.values("carrier")))

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
        facts = apps.get_model("lotsen", "Accessibility")._default_manager.select_related("feature")
        shown = super().for_detail().select_related(*related)
        return shown.prefetch_related(models.Prefetch("accessibility", facts), "pictures")

    def for_workspace(self) -> Self:
        """Load what a member needs to see how complete an entry is, in a fixed number of queries."""
        return (
            super()
            .for_workspace()
            .select_related("carrier_type")
            .prefetch_related(
                "accessibility",
                models.Prefetch(
                    "programmes", apps.get_model("lotsen", "Programme")._default_manager.order_by("sort_key")
                ),
                "programmes__offered_languages",
                "programmes__fields_of_work",
                "programmes__covered_municipalities",
                "programmes__covered_districts",
                "programmes__request_channels",
            )
        )


class ProgrammeQuerySet(EntryQuerySet):
    def published(self) -> Self:
        """Programmes that anybody may see: theirs and their carrier's entry are both published and not hidden."""
        public = {"state": State.PUBLISHED, "carrier__state": State.PUBLISHED}
        return self.filter(still_shown(), still_shown("carrier__"), **public)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Programmes that ``user`` may see: the public ones; as a preview members theirs, their staff all."""
        if not getattr(user, "is_active", False):
            return self.published()
        if may(user, "view", self.model):
            return self.all()
        return self.filter(Q(pk__in=self.published()) | self.any(carrier__memberships__user=user))

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

    def matching(self, word: str) -> Q:
        """Where a word counts as found: in names, texts, languages, fields or places."""
        languages = Language.objects.named_like(word)
        places = Municipality.objects.filter(match_key__contains=MatchKey(Value(word)))
        carriers = apps.get_model("lotsen", "Carrier")._base_manager
        return (
            self.any(names_match(word))
            | Q(carrier__in=carriers.filter(names_match(word)).values("pk"))
            | self.any(offered_languages__in=_offers().available().filter(language__in=languages))
            | self.any(fields_of_work__in=FieldOfWork.objects.named_like(word))
            | self.any(target_groups__in=TargetGroup.objects.named_like(word))
            | Q(municipality__in=places)
            | self.any(covered_municipalities__in=places)
        )

    def with_point(self) -> Self:
        """Annotate ``point_latitude`` and ``point_longitude``: the carrier's own point if it is in the same place."""
        at_home = Q(municipality=F("carrier__municipality"))
        return self.annotate(
            point_latitude=Case(
                When(at_home, then=Coalesce("carrier__latitude", "municipality__latitude")),
                default="municipality__latitude",
            ),
            point_longitude=Case(
                When(at_home, then=Coalesce("carrier__longitude", "municipality__longitude")),
                default="municipality__longitude",
            ),
        )

    def for_cards(self) -> Self:
        """Load what a result card shows, in one query; ``offers`` are pairs of a language's name and availability."""
        offers = _offers().available().filter(programme=OuterRef("pk"))
        pair = Func("language__name", "availability", function="jsonb_build_array", output_field=models.JSONField())
        return self.select_related("carrier", "municipality__district").annotate(
            offers=ArraySubquery(offers.values(pair=pair)),
            field_names=_names_of(FieldOfWork),
            logo_file=_logo_files(),
        )

    def for_detail(self) -> Self:
        """Load what the carrier's page shows of each programme."""
        offers = _offers().select_related("language")
        return (
            self.select_related("municipality", "specialisation")
            .prefetch_related(models.Prefetch("offered_languages", offers))
            .annotate(
                municipality_rows=_covered(Municipality, "ags", "name", "outline"),
                district_rows=_covered(District, "ags", "name", "kind"),
                field_names=_names_of(FieldOfWork),
                target_group_names=_names_of(TargetGroup),
                channel_names=_names_of(RequestChannel),
                funding_names=_names_of(Funding),
            )
            .order_by("sort_key")
        )

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
