"""The words in which one asks for migrant organisations."""

from typing import TYPE_CHECKING, Self, cast

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.fetch_modes import FETCH_RAISE
from django.db.models.functions import Coalesce
from django.utils import timezone

from migrantenorgs.models.vocabularies import FieldOfAction, TargetGroup, Visibility
from vielfalt.accounts.models import User
from vielfalt.listings.models import Language
from vielfalt.listings.permissions import works_for_an_organisation
from vielfalt.listings.querysets import names_match
from vielfalt.pictures.models import PictureQuerySet
from vielfalt.places.models import Municipality
from vielfalt.reminders.querysets import AskedQuerySet
from vielfalt.text import MatchKey

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CONTACT = ("phone", "email", "website", "opening_hours", "by_appointment")
"""What is public only with the organisation's consent."""

ADDRESS = ("street", "postal_code_id")
"""What is public only where the organisation shows its address."""

NOT_FOR_READERS = (*CONTACT, "street", "postal_code", "latitude", "longitude", "search", "match_key")


def consented() -> Q:
    """The organisations that have agreed that their contact data is public."""
    return Q(contact_consent_on__lte=timezone.localdate())


def shows_address() -> Q:
    """The organisations whose street, postal code and own point readers may know."""
    return ~Q(visibility=Visibility.PLACE_ONLY)


class MigrantOrganisationQuerySet(AskedQuerySet):
    def disclosed_to(self, user: "User | AnonymousUser") -> Self:
        """Organisations of which ``user`` may know as a reader: what is for the network, only its people and staff."""
        if isinstance(user, User) and user.is_active:
            if user.is_staff:
                return self.all()
            return self.filter(~Q(visibility=Visibility.NETWORK) | works_for_an_organisation(user))
        return self.exclude(visibility=Visibility.NETWORK)

    def matching(self, word: str) -> Q:
        """Where a word counts as found: in names of every script, texts, languages, fields, target groups or places."""
        return (
            self.any(names_match(word))
            | self.any(languages__in=Language.objects.named_like(word))
            | self.any(fields_of_action__in=FieldOfAction.objects.named_like(word))
            | self.any(target_groups__in=TargetGroup.objects.named_like(word))
            | Q(municipality__in=Municipality.objects.filter(match_key__contains=MatchKey(Value(word))))
        )

    def with_point(self) -> Self:
        """Annotate ``point_latitude`` and ``point_longitude``: where readers may know the organisation to be.

        Without an address that is the municipality's point, for maps as for distances and radiuses;
        the organisation's own never leaves the database.
        """
        return self.annotate(
            **{
                f"point_{degrees}": Case(
                    When(shows_address(), then=Coalesce(degrees, f"municipality__{degrees}")),
                    default=f"municipality__{degrees}",
                )
                for degrees in ("latitude", "longitude")
            }
        )

    def for_readers(self) -> Self:
        """Load what a reader may know and nothing else.

        ``public_contact`` and ``public_address`` then come from what the database lets through;
        the fields behind them are not loaded, and asking for them (or for anything else that was
        not loaded) raises ``FieldFetchBlocked``, so that a page with such a mistake fails its first
        test.
        """
        shown = {f"public_{name}": Case(When(consented(), then=F(name))) for name in CONTACT}
        shown |= {f"public_{name}": Case(When(shows_address(), then=F(name))) for name in ADDRESS}
        return self.annotate(**shown).defer(*NOT_FOR_READERS).fetch_mode(FETCH_RAISE)

    def for_workspace(self) -> Self:
        """Load what a member needs to see how complete an entry is, in a fixed number of queries."""
        return super().for_workspace().prefetch_related("fields_of_action", "target_groups", "languages")

    def for_cards(self) -> Self:
        """Load what a card in a list shows."""
        return (
            super()
            .for_detail()
            .for_readers()
            .select_related("legal_form", "own_name_language", "municipality__district")
            .annotate(
                field_names=_names_of(FieldOfAction),
                language_names=language_names(),
                logo_file=_logo_files(),
            )
        )

    def for_detail(self) -> Self:
        """Load what an organisation's own page shows."""
        return (
            super()
            .for_detail()
            .for_readers()
            .select_related("legal_form", "own_name_language", "municipality__district")
            .prefetch_related("languages", "pictures")
            .annotate(field_names=_names_of(FieldOfAction), target_group_names=_names_of(TargetGroup))
        )


def _names_of(vocabulary: type[FieldOfAction | TargetGroup]) -> ArraySubquery:
    """The names of an organisation's terms, in the vocabulary's order."""
    return ArraySubquery(vocabulary.objects.filter(organisations=OuterRef("pk")).values("name"))


def language_names() -> ArraySubquery:
    """The names of an organisation's languages, in alphabetical order."""
    languages = Language.objects.filter(migrant_organisations=OuterRef("pk")).order_by("sort_key")
    return ArraySubquery(languages.values("name"))


def _logo_files() -> models.Subquery:
    pictures = apps.get_model("migrantenorgs", "MigrantOrganisationPicture")._default_manager.all()
    logos = cast("PictureQuerySet", pictures).logos()
    return models.Subquery(logos.filter(organisation=OuterRef("pk")).values("file"))
