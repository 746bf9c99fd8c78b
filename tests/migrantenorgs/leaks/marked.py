"""Migrant organisations in which every field has a mark of its own, and what an answer tells of them."""

import datetime
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile

from lotsen.models import Carrier
from migrantenorgs.actions import give_consent, withdraw_consent
from migrantenorgs.models import (
    ConsentGiven,
    FieldOfAction,
    MigrantOrganisation,
    MigrantOrganisationPicture,
    Visibility,
)
from tests.factories import (
    CarrierFactory,
    CarrierMembershipFactory,
    MigrantOrganisationFactory,
    MigrantOrganisationInternalFactory,
    MigrantOrganisationMembershipFactory,
    NoticeFactory,
    UserFactory,
    curator,
)
from tests.listings.proposing import propose
from vielfalt.accounts.models import Role, User
from vielfalt.listings.actions import Sender, report_error
from vielfalt.listings.models import State
from vielfalt.listings.twins import join
from vielfalt.places.models import PostalCode

GIVEN, CONSENTS = "gegeben", ("nie", "gegeben", "widerrufen")
TOO_OLD, LONG_AGO = "zu alt", datetime.date(2020, 1, 1)
STATES = (*State.values, TOO_OLD)

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghklmnprstvw")
_MARKED = re.compile(
    r"q[bcdfghklmnprstvw]{11}"  # words
    r"|(?:069 |\+4969)77770\d\d"  # telephone, to read and to call
    r"|\b51[.,]31\d\d7|\b9[.,]48\d\d7"  # the true point, as exact as a map tells one
    r"|\b3[5-6]\d{3}\b"  # postal code
)


class Case(NamedTuple):
    """What makes one organisation differ from the others."""

    visibility: str
    consent: str
    state: str


Told = dict[Case, frozenset[str]]
"""The fields that somebody was told, by their organisation."""


@dataclass
class Portal:
    """All cases as organisations, those who read of them, and what the marks stand for."""

    organisations: dict[Case, MigrantOrganisation] = field(default_factory=dict)
    carriers: list[Carrier] = field(default_factory=list)
    """Each is the same organisation as one of ``TWINS``."""
    readers: dict[str, User | AnonymousUser] = field(default_factory=dict)
    marks: dict[str, tuple[Case, str]] = field(default_factory=dict)

    def mark(self, case: Case, name: str) -> str:
        """Return a word that stands for one field of one organisation and is like no other."""
        word = "q" + hashlib.sha256(repr((case, name)).encode()).hexdigest()[:11].translate(_LETTERS)
        self.marks[word] = (case, name)
        return word

    def word(self, case: Case, name: str) -> str:
        """Return the mark of a field."""
        return next(word for word, field in self.words_of(case) if field == name)

    def words_of(self, case: Case) -> list[tuple[str, str]]:
        """Return all marks of an organisation with their fields."""
        return [(word, name) for word, (owner, name) in self.marks.items() if owner == case]

    def told(self, *texts: str, asked: str = "") -> Told:
        """Return what ``texts`` tell, beyond what stood in the question."""
        known = set(_MARKED.findall(asked))
        found = defaultdict(set)
        for text in texts:
            for word in (set(_MARKED.findall(text)) - known) & set(self.marks):
                case, name = self.marks[word]
                found[case].add(name)
        return {case: frozenset(names) for case, names in found.items()}

    def answered(self, response: Any) -> Told:
        """Return what a response tells with its body and its headers."""
        asked = unquote_plus("{PATH_INFO}?{QUERY_STRING}".format(**response.request))
        head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        content = b"".join(response) if response.streaming else response.content
        return self.told(head, content.decode("utf-8", "replace"), asked=asked)


def together(*answers: Told) -> Told:
    """Return what several answers tell."""
    found: dict[Case, frozenset[str]] = {}
    for told in answers:
        for case, names in told.items():
            found[case] = found.get(case, frozenset()) | names
    return found


TWINS = (
    *(Case(visibility.value, GIVEN, State.PUBLISHED.value) for visibility in Visibility),
    Case("nur-netzwerk", GIVEN, "entwurf"),
)


def portal_with_marks() -> Portal:
    """Make an organisation for each visibility, consent and state, and everybody who may look at them."""
    portal = Portal(carriers=[CarrierFactory(name=f"Träger {number}", slug=f"traeger-{number}") for number in range(4)])
    insider, codes = UserFactory(name="Team aller"), iter(PostalCode.objects.filter(code__gte="35").order_by("code"))
    for number, values in enumerate(product(Visibility.values, CONSENTS, STATES)):
        case = Case(*values)
        organisation = _organisation(portal, case, number, next(codes))
        MigrantOrganisationMembershipFactory(organisation=organisation, user=insider, role=Role.MANAGER)
        portal.organisations[case] = organisation
    for carrier, case in zip(portal.carriers, TWINS, strict=True):
        join(first=carrier, second=portal.organisations[case], by=UserFactory(is_superuser=True))
    portal.readers = {
        "visitor": AnonymousUser(),
        "stranger": UserFactory(),
        "carrier": CarrierMembershipFactory(organisation__slug="netzwerk").user,
        "other staff": curator("Redaktion WIR-Lots*innen"),
        "team": insider,
        "staff": curator("Redaktion Migrantenorganisationen"),
    }
    return portal


def _organisation(portal: Portal, case: Case, number: int, code: PostalCode) -> MigrantOrganisation:
    def mark(name: str) -> str:
        return portal.mark(case, name)

    phone = f"069 77770{number:02}"
    latitude, longitude = f"51.31{number:02}7", f"9.48{number:02}7"
    for text in (phone, phone.replace("069 ", "+4969")):
        portal.marks[text] = (case, "phone")
    for text in (latitude, longitude):
        portal.marks[text] = portal.marks[text.replace(".", ",")] = (case, "point")
    portal.marks[code.code] = (case, "postal code")
    FieldOfAction.objects.create(name=mark("field"), slug=f"feld-{number}")
    organisation = MigrantOrganisationFactory(
        name=mark("name"),
        slug=mark("former slug"),
        short_name=mark("short name"),
        own_name=mark("own name"),
        own_name_language_id="ara",
        transliteration=mark("transliteration"),
        description=mark("description"),
        description_easy=mark("easy"),
        offers=mark("offers"),
        networks=mark("networks"),
        visibility=case.visibility,
        state=State.PUBLISHED if case.state == TOO_OLD else case.state,
        confirmed_on=LONG_AGO if case.state == TOO_OLD else datetime.date(2026, 11, 1),
        reach="kommune",
        fields=["sport", f"feld-{number}"],
        groups=["frauen"],
        spoken=["ara"],
        street=mark("street"),
        postal_code=code,
        municipality=code.municipalities.first(),
        latitude=float(latitude),
        longitude=float(longitude),
        phone=phone,
        email=f"{mark('email')}@example.org",
        website=f"https://{mark('website')}.example/",
        opening_hours=mark("opening hours"),
    )
    _behind(organisation, mark)
    _pictures(organisation, mark)
    _consent(organisation, case.consent)
    NoticeFactory(organisation=organisation, title=mark("notice"), text=mark("text of notice"))
    organisation.slug = mark("slug")
    organisation.save()
    return organisation


def _behind(organisation: MigrantOrganisation, mark: Any) -> None:
    """Give it a team, an invitation, notes of the centre and messages that wait for review."""
    MigrantOrganisationInternalFactory(
        organisation=organisation,
        contact_name=mark("contact person"),
        contact_email=f"{mark('address of contact person')}@example.org",
        contact_phone=mark("telephone of contact person"),
        deputy_name=mark("deputy"),
        deputy_email=f"{mark('address of deputy')}@example.org",
        note=mark("note"),
    )
    member = UserFactory(name=mark("member"), email=f"{mark('address of member')}@example.org")
    MigrantOrganisationMembershipFactory(organisation=organisation, user=member)
    invitation = organisation.invitations.model(
        organisation=organisation, email=f"{mark('invited')}@example.org", role=Role.EDITOR
    )
    invitation.new_token()
    invitation.save()
    propose(organisation, member, name=mark("proposed name"))
    report_error(entry=organisation, message=mark("message"), by=Sender(email=f"{mark('sender')}@example.org"))


def _pictures(organisation: MigrantOrganisation, mark: Any) -> None:
    for slot, kind in enumerate(("logo", "picture")):
        picture = MigrantOrganisationPicture(
            organisation=organisation, slot=slot, alt=mark(f"words of {kind}"), author=mark(f"author of {kind}")
        )
        picture.width = picture.height = 9
        for file, name in ((picture.file, kind), (picture.small, f"small {kind}")):
            file.name = file.storage.save(f"bilder/{mark(name)}.webp", ContentFile(b"Bild"))
        picture.save()


def _consent(organisation: MigrantOrganisation, consent: str) -> None:
    by = organisation.memberships.get().user
    if consent != "nie":
        give_consent(organisation=organisation, how=ConsentGiven.ONLINE, by=by)
    if consent == "widerrufen":
        withdraw_consent(organisation=organisation, by=by)
