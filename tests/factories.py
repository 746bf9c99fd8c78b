"""Entries for tests, with as little in them as the test needs. All need the fixture ``reference_data``."""

import datetime
from typing import Any

import factory
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
from vielfalt.accounts.models import Role, User
from vielfalt.listings.models import State
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
