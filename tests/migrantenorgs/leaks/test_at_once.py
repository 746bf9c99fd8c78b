"""What is taken back is gone at once, and what is for the network is for others what nobody knows."""

import pytest
from django.test import Client
from django.utils.http import http_date

from migrantenorgs.actions import withdraw_consent
from migrantenorgs.models import MigrantOrganisation
from tests.factories import UserFactory
from tests.migrantenorgs.leaks.knowledge import (
    DETAILS,
    FEED,
    LIST,
    MINE,
    NAMES,
    NETWORK,
    NOTICE,
    OPEN,
    PICTURES,
    PLACE_ONLY,
    POINTS,
    SITEMAP,
    STANDS,
    TEXTS,
    browser,
)
from tests.migrantenorgs.leaks.marked import GIVEN, TOO_OLD, Case
from vielfalt.listings.models import State
from vielfalt.listings.publishing import make_dormant

pytestmark = pytest.mark.django_db


def withdrawn(organisation):
    withdraw_consent(organisation=organisation)


def for_the_network(organisation):
    MigrantOrganisation.objects.filter(pk=organisation.pk).update(visibility=NETWORK)


def without_address(organisation):
    MigrantOrganisation.objects.filter(pk=organisation.pk).update(visibility=PLACE_ONLY)


def dormant(organisation):
    make_dormant(entries=[organisation], by=UserFactory(is_superuser=True))


EVERYTHING = NAMES | TEXTS | PICTURES | NOTICE | {"short name", "slug"} | STANDS["page"]["contact"]
EVERYTHING |= STANDS["page"]["address"] | STANDS["points"]["address"]


@pytest.mark.parametrize("condition", ["If-None-Match", "If-Modified-Since"])
@pytest.mark.parametrize(
    ("change", "gone"),
    [
        (withdrawn, STANDS["page"]["contact"]),
        (without_address, STANDS["page"]["address"] | STANDS["points"]["address"]),
        (for_the_network, EVERYTHING),
        (dormant, EVERYTHING),
    ],
)
def test_what_is_taken_back_is_gone_at_once_for_those_who_had_it(portal, change, gone, condition):
    """Browsers, feed readers and search engines ask whether something is new: they must not hear "unchanged"."""
    case = Case(OPEN, GIVEN, State.PUBLISHED)
    organisation, client, before = portal.organisations[case], Client(), {}
    picture, name = f"/medien/bilder/{portal.word(case, 'logo')}.webp", portal.word(case, "short name")
    surfaces = [
        f"{LIST}?q={name}",
        f"{POINTS}?q={name}",
        f"{DETAILS}?id={organisation.pk}",
        organisation.get_absolute_url(),
        "/sucht-bietet/",
        FEED,
        SITEMAP,
    ]
    for address in (*surfaces, f"{organisation.get_absolute_url()}fehler-melden/", "/traeger/traeger-0/", picture):
        response = client.get(address)
        asked = {condition: response.headers.get("ETag", "") if condition == "If-None-Match" else http_date()}
        before[address] = portal.answered(response).get(case, frozenset()), asked
    change(organisation)
    for address, (told, asked) in before.items():
        response = client.get(address, headers=asked)
        unchanged = response.status_code == 304
        after = told if unchanged else portal.answered(response).get(case, frozenset())
        assert after == told - gone, address
    assert (client.get(picture).status_code == 404) is (gone is EVERYTHING)


@pytest.mark.parametrize("reader", ["visitor", "stranger"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_what_is_for_the_network_is_no_different_from_the_unknown(portal, reader, method):
    client = browser(portal, reader)

    def answer(address, word):
        response = getattr(client, method)(address.format(word))
        headers = {name: value.replace(word, "…") for name, value in response.headers.items()}
        # The one says when, the other depends on the slug that the page for logging in takes along.
        moment = dict.fromkeys({"Expires", "ETag"} & {*headers}, "…")
        return response.status_code, headers | moment, response.text.replace(word, "…")

    pages = (f"{LIST}{{}}/", f"{LIST}{{}}/fehler-melden/", f"{LIST}{{}}", f"{MINE}{{}}/", f"{MINE}{{}}/team/")
    files = ("/medien/bilder/{}.webp",)
    unknown = {address: answer(address, "qunbekanntes") for address in (*pages, *files)}
    for case in portal.organisations:
        if case[:2] == (NETWORK, GIVEN) and case.state in (State.PUBLISHED, State.DRAFT, TOO_OLD):
            for addresses, field in ((pages, "slug"), (pages, "former slug"), (files, "logo")):
                word = portal.word(case, field)
                assert {one: answer(one, word) for one in addresses} == {one: unknown[one] for one in addresses}, case
