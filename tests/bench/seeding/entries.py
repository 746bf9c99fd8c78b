"""Carriers with two programmes each, and as many migrant organisations."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.timezone import localdate

from lotsen import models as lotsen
from migrantenorgs import models as migrantenorgs
from tests.bench.seeding.copying import copy, copy_links, count_on, settle, without_triggers
from tests.bench.seeding.words import (
    CLUBS,
    FREQUENT,
    HOURS,
    HOUSES,
    NOTICES,
    OWN_NAMES,
    RARE,
    RESPONSES,
    TITLES,
    Words,
)
from vielfalt.accounts.models import Role
from vielfalt.listings.models import AccessibilityFeature, Answer, Language, State
from vielfalt.notices.models import Direction, Notice, Subject
from vielfalt.places.models import Municipality
from vielfalt.text import german_slug

MANAGER = "koordination@example.org"
"""Looks after the first carrier."""

PROGRAMMES = 2
CONFIRMED_WITHIN = 300
"""Days: everything counts as current."""

RARELY_SAID = 3
"""So many carriers say the rare word, whatever their number."""


def make(number: int) -> None:
    """Make so many carriers and organisations in a database that has the reference data and no entry."""
    with transaction.atomic():
        without_triggers()
        Carriers(number).write()
        Organisations(number).write()
        _make_manager()
    settle()


def _make_manager() -> None:
    user = get_user_model().objects.create_user(MANAGER, name="Koordination")
    lotsen.CarrierMembership.objects.create(organisation_id=1, user=user, role=Role.MANAGER)


class Places:
    """Hesse, to choose from."""

    def __init__(self) -> None:
        self.towns = list(Municipality.objects.order_by("ags").prefetch_related("postal_codes"))
        self.codes = {town.pk: [code.pk for code in town.postal_codes.all()] for town in self.towns}
        self.neighbours: dict[str, list[str]] = {}
        for town in self.towns:
            self.neighbours.setdefault(town.district_id, []).append(town.pk)

    def address(self, words: Words) -> dict[str, Any]:
        """A place with street, postal code and a point near its middle."""
        town = words.random.choice(self.towns)
        codes = self.codes[town.pk]
        return {
            "municipality": town,
            "street": words.street(),
            "postal_code_id": words.random.choice(codes) if codes else None,
            "latitude": town.latitude + words.random.uniform(-0.01, 0.01),
            "longitude": town.longitude + words.random.uniform(-0.01, 0.01),
        }


def _keys(model: type[models.Model]) -> list[Any]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def _contact(words: Words, slug: str) -> dict[str, Any]:
    return {
        "phone": words.phone(),
        "email": f"kontakt@{slug[:40]}.example.org",
        "website": f"https://{slug[:40]}.example.org/",
        "opening_hours": words.random.choice(HOURS),
    }


class Entries:
    """Entries that are put together before they are written, with all links."""

    def __init__(self, number: int, subject: str) -> None:
        self.number = number
        self.words = Words(subject)
        self.places = Places()
        self.today = localdate()
        self.languages = _languages()
        self.links: dict[type[models.Model], list[tuple[Any, Any]]] = {}

    def confirmed(self) -> dict[str, Any]:
        """Published, and found right by somebody not long ago."""
        days = self.words.random.randrange(CONFIRMED_WITHIN)
        return {"state": State.PUBLISHED, "confirmed_on": self.today - timedelta(days=days)}

    def link(self, relation: Any, owner: int, others: list[Any]) -> None:
        self.links.setdefault(relation.through, []).extend((owner, other) for other in others)

    def write_links(self) -> None:
        for through, pairs in self.links.items():
            copy_links(through, pairs)


def _languages() -> list[str]:
    """All languages, those spoken most first."""
    known = _keys(Language)
    first = ["ara", "ukr", "tur", "pes", "eng", "rus", "fra", "tir"]
    return [*(code for code in first if code in known), *(code for code in known if code not in first)]


class Carriers(Entries):
    def __init__(self, number: int) -> None:
        super().__init__(number, "Träger")
        self.types, self.umbrellas = _keys(lotsen.CarrierType), _keys(lotsen.Umbrella)
        self.features = _keys(AccessibilityFeature)
        self.rare = {1 + part * number // RARELY_SAID for part in range(RARELY_SAID)}
        self.fields, self.groups = _keys(lotsen.FieldOfWork), _keys(lotsen.TargetGroup)
        self.channels, self.fundings = _keys(lotsen.RequestChannel), _keys(lotsen.Funding)

    def write(self) -> None:
        carriers = [self._carrier(pk) for pk in range(1, self.number + 1)]
        programmes = [programme for carrier in carriers for programme in self._programmes_of(carrier)]
        copy(lotsen.Carrier, carriers)
        copy(lotsen.Accessibility, self._accessibility(carriers))
        copy(lotsen.Programme, programmes)
        copy(lotsen.ProgrammeLanguage, self._offers(programmes))
        self.write_links()
        count_on(lotsen.Carrier, lotsen.Accessibility, lotsen.Programme, lotsen.ProgrammeLanguage)

    def _carrier(self, pk: int) -> lotsen.Carrier:
        words, address = self.words, self.places.address(self.words)
        name = words.name(HOUSES, address["municipality"].name)
        slug = german_slug(name)
        rarely = [f"Wir treffen uns an der {RARE}."] if pk in self.rare else []
        return lotsen.Carrier(
            pk=pk,
            name=name,
            slug=slug,
            carrier_type_id=words.random.choice(self.types),
            umbrella_id=words.random.choice([None, *self.umbrellas]),
            description=words.paragraphs(2, *rarely),
            by_appointment=words.random.random() < 0.3,
            **address,
            **_contact(words, slug),
            **self.confirmed(),
        )

    def _accessibility(self, carriers: list[lotsen.Carrier]) -> Iterator[lotsen.Accessibility]:
        pk = 0
        for carrier in carriers:
            for feature in self.words.some(self.features, 2, 4):
                pk += 1
                answer = self.words.random.choice([Answer.YES, Answer.YES, Answer.NO])
                yield lotsen.Accessibility(pk=pk, carrier=carrier, feature_id=feature, answer=answer)

    def _programmes_of(self, carrier: lotsen.Carrier) -> Iterator[lotsen.Programme]:
        titles = self.words.random.sample(TITLES, PROGRAMMES)
        for number, title in enumerate(titles):
            programme = self._programme((carrier.pk - 1) * PROGRAMMES + number + 1, carrier, title)
            self._link(programme)
            yield programme

    def _programme(self, pk: int, carrier: lotsen.Carrier, title: str) -> lotsen.Programme:
        words = self.words
        return lotsen.Programme(
            pk=pk,
            carrier=carrier,
            title=title,
            description=words.paragraphs(2, f"{FREQUENT} im Alltag."),
            municipality=carrier.municipality,
            started_on=self.today.replace(month=1, day=1) - timedelta(days=365 * words.random.randint(1, 15)),
            response_time=words.random.choice(RESPONSES),
            costs="kostenlos",
            coordination="Koordinationsstelle",
            limits="<p>Lots*innen begleiten und vermitteln. Sie ersetzen keine Rechtsberatung.</p>",
            seeks_volunteers=words.random.random() < 0.4,
            active_volunteers=words.random.randint(2, 40),
            **self.confirmed(),
        )

    def _link(self, programme: lotsen.Programme) -> None:
        words, pk, model = self.words, programme.pk, lotsen.Programme
        district = programme.municipality.district_id
        if words.random.random() < 0.2:
            self.link(model.covered_districts, pk, [district])
        else:
            towns = [programme.municipality_id, *words.some(self.places.neighbours[district], 1, 4)]
            self.link(model.covered_municipalities, pk, list(dict.fromkeys(towns)))
        self.link(model.fields_of_work, pk, words.often_first(self.fields, 2, 6))
        self.link(model.target_groups, pk, words.often_first(self.groups, 1, 4))
        self.link(model.request_channels, pk, words.some(self.channels, 1, 3))
        self.link(model.fundings, pk, words.some(self.fundings, 1, 1))

    def _offers(self, programmes: list[lotsen.Programme]) -> Iterator[lotsen.ProgrammeLanguage]:
        pk = 0
        kinds = [*lotsen.ProgrammeLanguage.Availability]
        for programme in programmes:
            for language in self.words.often_first(self.languages, 4, 10):
                pk += 1
                availability = self.words.random.choices(kinds, [8, 3, 1])[0]
                yield lotsen.ProgrammeLanguage(
                    pk=pk, programme=programme, language_id=language, availability=availability
                )


class Organisations(Entries):
    def __init__(self, number: int) -> None:
        super().__init__(number, "Migrantenorganisationen")
        self.legal_forms = _keys(migrantenorgs.LegalForm)
        self.fields, self.groups = _keys(migrantenorgs.FieldOfAction), _keys(migrantenorgs.TargetGroup)
        self.subjects = _keys(Subject)

    def write(self) -> None:
        organisations = [self._organisation(pk) for pk in range(1, self.number + 1)]
        copy(migrantenorgs.MigrantOrganisation, organisations)
        for organisation in organisations:
            self._link(organisation)
        self.write_links()
        copy(Notice, self._notices(organisations))
        count_on(migrantenorgs.MigrantOrganisation, Notice)

    def _organisation(self, pk: int) -> migrantenorgs.MigrantOrganisation:
        words, address = self.words, self.places.address(self.words)
        name = words.name(CLUBS, address["municipality"].name)
        slug = german_slug(name)
        language, own_name = words.random.choice([(None, ""), (None, ""), *OWN_NAMES])
        visibilities = [*migrantenorgs.Visibility]
        consents = words.random.random() < 0.6
        return migrantenorgs.MigrantOrganisation(
            pk=pk,
            name=name,
            slug=slug,
            own_name=own_name,
            own_name_language_id=language,
            legal_form_id=words.random.choice(self.legal_forms),
            founded_in=words.random.randint(1965, 2024),
            reach=words.random.choice([*migrantenorgs.Reach]),
            description=words.paragraphs(2),
            offers=words.paragraphs(1),
            visibility=words.random.choices(visibilities, [6, 3, 1])[0],
            contact_consent_on=self.today if consents else None,
            contact_consent_by=migrantenorgs.ConsentGiven.ONLINE if consents else "",
            **address,
            **_contact(words, slug),
            **self.confirmed(),
        )

    def _link(self, organisation: migrantenorgs.MigrantOrganisation) -> None:
        model, link = migrantenorgs.MigrantOrganisation, partial(self.link, owner=organisation.pk)
        link(model.fields_of_action, others=self.words.often_first(self.fields, 1, 4))
        link(model.target_groups, others=self.words.often_first(self.groups, 1, 3))
        link(model.languages, others=self.words.often_first(self.languages, 1, 3))

    def _notices(self, organisations: list[migrantenorgs.MigrantOrganisation]) -> Iterator[Notice]:
        """One organisation in ten seeks or offers something."""
        kind = ContentType.objects.get_for_model(migrantenorgs.MigrantOrganisation)
        for pk, organisation in enumerate(organisations[::10], start=1):
            yield Notice(
                pk=pk,
                content_type=kind,
                object_id=organisation.pk,
                direction=self.words.random.choice([*Direction]),
                subject_id=self.words.random.choice(self.subjects),
                title=self.words.random.choice(NOTICES),
                municipality_id=organisation.municipality_id,
                ends_on=self.today + timedelta(days=self.words.random.randint(30, 300)),
            )
