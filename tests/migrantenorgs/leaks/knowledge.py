"""What every reader may know of an organisation, where it stands, and how the tests read it.

The first table is the promise to the organisations, the second says which of it stands where. What
is in neither of them (contact persons, notes, the team, invitations, messages, former slugs, what
waits for review, and of the true point whatever the first table keeps back) stands nowhere.
"""

import re
from itertools import batched

from django.test import Client

from migrantenorgs.models import Visibility
from tests.migrantenorgs.leaks.marked import GIVEN, together
from tests.points import points_of
from vielfalt.listings.geojson import MOST_AT_ONCE
from vielfalt.listings.models import State

OPEN, PLACE_ONLY, NETWORK = Visibility.OPEN, Visibility.PLACE_ONLY, Visibility.NETWORK

MAY_KNOW = {
    # Reader: what of a published organisation, by its visibility. The contact only while there is consent.
    "visitor": {OPEN: "words contact address", PLACE_ONLY: "words contact", NETWORK: ""},
    "stranger": {OPEN: "words contact address", PLACE_ONLY: "words contact", NETWORK: ""},
    "carrier": {OPEN: "words contact address", PLACE_ONLY: "words contact", NETWORK: "words contact address"},
    "other staff": {OPEN: "words contact address", PLACE_ONLY: "words contact", NETWORK: "words contact address"},
    "team": {OPEN: "words contact address", PLACE_ONLY: "words contact", NETWORK: "words contact address"},
    "staff": {OPEN: "words contact address", PLACE_ONLY: "words contact", NETWORK: "words contact address"},
}

PREVIEW = ("team", "staff")
"""Who also reads the own page of an organisation that is not published or too old: as others would read it."""

NAMES = {"name", "own name", "transliteration"}
TEXTS = {"description", "easy", "offers", "networks", "field"}
PICTURES = {"logo", "words of logo", "picture", "small picture", "words of picture", "author of picture"}
NOTICE = {"notice", "text of notice"}

STANDS = {
    # Surface: what stands there. A slug that was in the question does not count.
    "directory": {"words": NAMES | {"slug", "field", "logo"}, "contact": {"phone", "email", "website"}},
    "points": {"address": {"point"}},
    "map": {"words": {"name", "slug"}, "contact": {"phone", "email"}, "address": {"point"}},
    "notices": {"words": NOTICE | {"name", "slug"}},
    "feed": {"words": NOTICE | {"name"}},
    "page": {
        "words": NAMES | TEXTS | PICTURES | NOTICE,
        "contact": {"phone", "email", "website", "opening hours"},
        "address": {"street", "postal code"},
    },
    "search engines": {
        "words": NAMES | {"short name", "description", "field", "slug"},
        "contact": {"phone", "email", "website"},
        "address": {"street", "postal code"},
    },
    "report": {"words": {"name"}},
    "twin": {"words": {"name", "slug"}},
    "sitemap": {"words": {"slug"}},
}

LIST, MINE = "/migrantenorganisationen/", "/mein/migrantenorganisationen/"
POINTS, DETAILS = f"{LIST}daten.geojson", f"{LIST}eintraege.geojson"
MAP, FEED, SITEMAP = "/karte/?ebene=migrantenorganisationen", "/sucht-bietet/neues.atom", "/sitemap.xml"


def browser(portal, reader):
    client = Client()
    if reader != "visitor":
        client.force_login(portal.readers[reader])
    return client


def read(portal, client, address, **question):
    """Return what all pages of a list tell."""
    response = client.get(address, question)
    assert response.status_code == 200, address
    pages = response.context["page"].paginator.num_pages if response.context and "page" in response.context else 1
    others = [client.get(address, {**question, "seite": number}) for number in range(2, pages + 1)]
    return together(*map(portal.answered, [response, *others]))


def read_map(portal, client, **question):
    """Return what a map tells: its points, and what it says of each of them."""
    points = client.get(POINTS, question)
    return together(portal.answered(points), read_details(portal, client, points_of(points)))


def read_details(portal, client, numbers):
    """Return what maps say of these organisations."""
    return together(*(read(portal, client, DETAILS, id=some) for some in batched(numbers, MOST_AT_ONCE, strict=False)))


def read_each(portal, client, address):
    """Return what the pages of all organisations tell, for an address with the place of a slug."""
    return together(*(portal.answered(client.get(address.format(one.slug))) for one in portal.organisations.values()))


def expected(portal, reader, surface, *, preview=False):
    """Return what the tables say of one surface."""
    told = {}
    for case in portal.organisations:
        parts = set(MAY_KNOW[reader][case.visibility].split()) if case.state == State.PUBLISHED else set()
        if preview and reader in PREVIEW and not parts:
            parts = set(MAY_KNOW[reader][case.visibility].split())
        if case.consent != GIVEN:
            parts.discard("contact")
        if fields := set().union(*(STANDS[surface].get(part, set()) for part in parts)):
            told[case] = frozenset(fields)
    return told


def differences(told, wanted):
    """Return what is told beyond what was wanted, and what is missing: nothing where both are equal."""
    pairs = {case: (told.get(case, frozenset()), wanted.get(case, frozenset())) for case in {*told, *wanted}}
    return {
        case: {"more": sorted(got - due), "less": sorted(due - got)} for case, (got, due) in pairs.items() if got != due
    }


def only(portal, reader, fields, *states):
    """Return these fields of all that the reader may know in these states."""
    known = MAY_KNOW[reader]
    return {case: frozenset(fields) for case in portal.organisations if case.state in states and known[case.visibility]}


def is_open(case):
    return case.state == State.PUBLISHED and case.visibility != NETWORK


def structured_data(response):
    return "".join(re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL))
