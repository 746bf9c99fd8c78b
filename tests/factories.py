"""Entries for tests, with as little in them as the test needs. All need the fixture ``reference_data``."""

import datetime
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory

from lotsen.models import (
    Carrier,
    CarrierInternal,
    CarrierMembership,
    CarrierType,
    FieldOfWork,
    Programme,
    ProgrammeLanguage,
)
from migrantenorgs.models import (
    ConsentGiven,
    FieldOfAction,
    LegalForm,
    MigrantOrganisation,
    MigrantOrganisationInternal,
    MigrantOrganisationMembership,
    Visibility,
)
from migrantenorgs.models import TargetGroup as MigrantTargetGroup
from vielfalt.accounts.models import Role, User
from vielfalt.listings.models import State
from vielfalt.notices.models import Direction, Notice, Subject
from vielfalt.places.models import Municipality


def municipality(name: str) -> Municipality:
    return Municipality.objects.get(name=name)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"konto-{n}@example.org")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)


def curator(group: str = "Redaktion WIR-Lots*innen", **fields: Any) -> User:
    """Somebody of the centre's staff, in one of the groups that ``load_reference`` makes."""
    user = UserFactory(is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=group))
    return user


class CarrierFactory(DjangoModelFactory):
    """A published carrier in Offenbach am Main."""

    class Meta:
        model = Carrier

    name = factory.Sequence(lambda n: f"Träger {n:03}")
    state = State.PUBLISHED
    confirmed_on = datetime.date(2026, 11, 1)
    phone = "069 90009-001"
    email = "lotsen@example.org"
    municipality = factory.LazyFunction(lambda: municipality("Offenbach am Main"))
    carrier_type = factory.LazyFunction(lambda: CarrierType.objects.get(slug="wohlfahrtsverband"))


class CarrierMembershipFactory(DjangoModelFactory):
    """An editor of a carrier."""

    class Meta:
        model = CarrierMembership

    organisation = factory.SubFactory(CarrierFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR


class CarrierInternalFactory(DjangoModelFactory):
    class Meta:
        model = CarrierInternal

    carrier = factory.SubFactory(CarrierFactory)


class ProgrammeFactory(DjangoModelFactory):
    """A published programme at its carrier's place; ``covers``, ``languages`` and ``fields`` take names and codes."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    carrier = factory.SubFactory(CarrierFactory)
    title = factory.Sequence(lambda n: f"Programm {n:03}")
    state = State.PUBLISHED
    municipality = factory.SelfAttribute("carrier.municipality")

    @factory.post_generation
    def covers(self, create: bool, names: list[str] | None, **_: Any) -> None:
        self.covered_municipalities.set(municipality(name) for name in names or [])

    @factory.post_generation
    def districts(self, create: bool, keys: list[str] | None, **_: Any) -> None:
        self.covered_districts.set(keys or [])

    @factory.post_generation
    def languages(self, create: bool, codes: list[str] | dict[str, str] | None, **_: Any) -> None:
        offers = codes if isinstance(codes, dict) else dict.fromkeys(codes or [], "regelmaessig")
        for code, availability in offers.items():
            ProgrammeLanguage.objects.create(programme=self, language_id=code, availability=availability)

    @factory.post_generation
    def fields(self, create: bool, slugs: list[str] | None, **_: Any) -> None:
        self.fields_of_work.set(FieldOfWork.objects.filter(slug__in=slugs or []))


class NoticeFactory(DjangoModelFactory):
    """A notice of a published carrier that looks for a room and ends in a month."""

    class Meta:
        model = Notice

    organisation = factory.SubFactory(CarrierFactory)
    direction = Direction.SEEKS
    subject = factory.LazyFunction(lambda: Subject.objects.get(slug="raeume"))
    title = factory.Sequence(lambda n: f"Raum {n:03}")
    municipality = factory.SelfAttribute("organisation.municipality")
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=30))


class MigrantOrganisationFactory(DjangoModelFactory):
    """A published migrant organisation in Offenbach am Main that everybody sees, with contact data but no consent.

    ``consented=True`` gives it; ``fields``, ``groups`` and ``spoken`` take slugs and codes.
    """

    class Meta:
        model = MigrantOrganisation
        skip_postgeneration_save = True

    class Params:
        consented = factory.Trait(contact_consent_on=datetime.date(2026, 11, 1), contact_consent_by=ConsentGiven.ONLINE)

    name = factory.Sequence(lambda n: f"Kulturverein {n:03}")
    state = State.PUBLISHED
    visibility = Visibility.OPEN
    confirmed_on = datetime.date(2026, 11, 1)
    phone = "069 90009-002"
    email = "verein@example.org"
    website = "https://verein.example/"
    municipality = factory.LazyFunction(lambda: municipality("Offenbach am Main"))
    legal_form = factory.LazyFunction(lambda: LegalForm.objects.get(slug="e-v"))

    @factory.post_generation
    def fields(self, create: bool, slugs: list[str] | None, **_: Any) -> None:
        self.fields_of_action.set(FieldOfAction.objects.filter(slug__in=slugs or []))

    @factory.post_generation
    def groups(self, create: bool, slugs: list[str] | None, **_: Any) -> None:
        self.target_groups.set(MigrantTargetGroup.objects.filter(slug__in=slugs or []))

    @factory.post_generation
    def spoken(self, create: bool, codes: list[str] | None, **_: Any) -> None:
        self.languages.set(codes or [])


class MigrantOrganisationInternalFactory(DjangoModelFactory):
    class Meta:
        model = MigrantOrganisationInternal

    organisation = factory.SubFactory(MigrantOrganisationFactory)


class MigrantOrganisationMembershipFactory(DjangoModelFactory):
    """An editor of a migrant organisation."""

    class Meta:
        model = MigrantOrganisationMembership

    organisation = factory.SubFactory(MigrantOrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR
