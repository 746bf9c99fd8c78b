"""Every field marked, every public surface read by everybody, whole sets compared with the tables."""

import pytest
from django.db.models import Q
from django.test import Client

from migrantenorgs import geojson, querysets
from migrantenorgs.querysets import MigrantOrganisationQuerySet
from tests.migrantenorgs.leaks.knowledge import (
    FEED,
    LIST,
    MAP,
    MAY_KNOW,
    NETWORK,
    NOTICE,
    OPEN,
    PLACE_ONLY,
    POINTS,
    PREVIEW,
    SITEMAP,
    STANDS,
    browser,
    differences,
    expected,
    is_open,
    only,
    read,
    read_details,
    read_each,
    read_map,
    structured_data,
)
from tests.migrantenorgs.leaks.marked import GIVEN, TOO_OLD, TWINS, Case, together
from tests.points import points_of
from vielfalt.listings.models import State
from vielfalt.notices.querysets import NoticeQuerySet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reader", MAY_KNOW)
class TestPublicPages:
    def test_lists_points_notices_feed_and_sitemap(self, portal, reader):
        client = browser(portal, reader)
        for address, surface, as_whom in (
            (LIST, "directory", reader),
            (POINTS, "points", reader),
            ("/sucht-bietet/", "notices", reader),
            (FEED, "feed", "visitor"),
            (SITEMAP, "sitemap", "visitor"),
        ):
            assert differences(read(portal, client, address), expected(portal, as_whom, surface)) == {}, surface

    def test_maps_say_nothing_of_what_they_do_not_show(self, portal, reader):
        client, wanted = browser(portal, reader), expected(portal, reader, "map")
        assert differences(read_map(portal, client), wanted) == {}
        everything = [one.pk for one in portal.organisations.values()]
        assert differences(read_details(portal, client, everything), wanted) == {}

    def test_own_pages_and_what_search_engines_read_there(self, portal, reader):
        client = browser(portal, reader)
        pages = [client.get(one.get_absolute_url()) for one in portal.organisations.values()]
        wanted = expected(portal, reader, "page", preview=True)
        too_old = {} if reader in PREVIEW else only(portal, reader, {"name"}, TOO_OLD)
        for_machines = {case: STANDS["search engines"]["words"] & {"short name"} for case in wanted if is_open(case)}
        told = together(*map(portal.answered, pages))
        assert differences(told, together(wanted, too_old, for_machines)) == {}
        told = portal.told(*map(structured_data, pages))
        assert differences(told, expected(portal, "visitor", "search engines")) == {}

    def test_pages_to_report_mistakes(self, portal, reader):
        told = read_each(portal, browser(portal, reader), LIST + "{}/fehler-melden/")
        assert differences(told, expected(portal, reader, "report", preview=True)) == {}

    def test_former_slugs(self, portal, reader):
        """Whether the contact is public makes no difference here; so only one answer is read of each other case."""
        client, cases = browser(portal, reader), [case for case in portal.organisations if case.consent == GIVEN]
        told = [portal.answered(client.get(f"{LIST}{portal.word(case, 'former slug')}/")) for case in cases]
        wanted = only(portal, reader, {"slug"}, State.PUBLISHED, TOO_OLD)
        assert differences(together(*told), {case: wanted[case] for case in cases if case in wanted}) == {}

    def test_addresses_of_pictures(self, portal, reader):
        client, cases = browser(portal, reader), [case for case in portal.organisations if case.consent == GIVEN]
        addresses = {case: f"/medien/bilder/{portal.word(case, 'small picture')}.webp" for case in cases}
        served = {case for case, address in addresses.items() if client.get(address).status_code == 200}
        assert served == {case for case in expected(portal, reader, "page", preview=True) if case in cases}

    def test_the_twins_pages(self, portal, reader):
        client = browser(portal, reader)
        told = together(*(portal.answered(client.get(carrier.get_absolute_url())) for carrier in portal.carriers))
        wanted = expected(portal, reader, "twin")
        assert differences(told, {case: wanted[case] for case in wanted if case in TWINS}) == {}

    def test_everything_else_tells_nothing(self, portal, reader):
        client = browser(portal, reader)
        for address in ("/", MAP, "/karte/", "/karte/daten.geojson", "/traeger/", "/impressum/"):
            assert portal.answered(client.get(address)) == {}, address


def test_suggestions_of_places_know_no_organisation(portal):
    for word, field in portal.words_of(Case(OPEN, GIVEN, State.PUBLISHED)):
        assert portal.answered(Client().get("/orte/", {"q": word, "format": "json"})) == {}, field


SHARED = {
    "handlungsfeld": "sport",
    "zielgruppe": "frauen",
    "sprache": "ara",
    "reichweite": "kommune",
    "sucht": "raeume",
}
"""What all of the organisations have."""

FOUND_BY = {"name", "short name", "own name", "transliteration", "description", "easy", "offers", "networks", "field"}
"""The fields in which readers search."""


@pytest.mark.parametrize("reader", MAY_KNOW)
class TestQuestions:
    def test_filters_narrow_to_what_one_may_know(self, portal, reader):
        client, wanted = browser(portal, reader), expected(portal, reader, "map")
        assert differences(read(portal, client, LIST, **SHARED), expected(portal, reader, "directory")) == {}
        for facet, value in SHARED.items():
            assert differences(read_map(portal, client, **{facet: value}), wanted) == {}, facet

    def test_options_count_what_one_may_know(self, portal, reader):
        client, number = browser(portal, reader), len(expected(portal, reader, "directory"))
        search = client.get(LIST).context["search"]
        counts = {one["name"]: {option.value: option.count for option in one["options"]} for one in search.facets}
        assert search.total == number
        assert {facet: counts[facet][value] for facet, value in SHARED.items()} == dict.fromkeys(SHARED, number)
        assert len(counts["handlungsfeld"]) == number + 1
        subjects = client.get("/sucht-bietet/").context["search"]
        assert [option.count for one in subjects.facets for option in one["options"]] == [number, number]
        assert f"{number} Migrantenorganisationen auf der Karte" in " ".join(client.get(MAP).text.split())

    def test_a_radius_does_not_find_the_true_point(self, portal, reader):
        """All true points lie in Kassel, no municipality does."""
        client = browser(portal, reader)
        in_kassel = {"ort": "Kassel", "umkreis": "5"}
        for told, surface in (
            (read(portal, client, LIST, **in_kassel), "directory"),
            (read_map(portal, client, **in_kassel), "map"),
        ):
            wanted = expected(portal, reader, surface)
            near = {case: fields for case, fields in wanted.items() if case.visibility != PLACE_ONLY}
            assert differences(told, near) == {}, surface
        distances = {one.pk: one.distance for one in client.get(LIST, {"ort": "Kassel"}).context["page"]}
        own = {one.pk for case, one in portal.organisations.items() if case.visibility == PLACE_ONLY}
        assert all(distance > 5 for pk, distance in distances.items() if pk in own)
        assert read(portal, client, "/sucht-bietet/", ort="Kassel", umkreis="5") == {}

    def test_an_option_of_the_unknown_finds_nothing(self, portal, reader):
        client, wanted = browser(portal, reader), expected(portal, reader, "map")
        for number, case in enumerate(portal.organisations):
            if case.consent == GIVEN:
                told = read_map(portal, client, handlungsfeld=f"feld-{number}")
                assert told == {one: wanted[one] for one in wanted if one == case}, case


@pytest.mark.parametrize(
    ("reader", "visibility", "found"),
    [("visitor", OPEN, True), ("visitor", PLACE_ONLY, True), ("visitor", NETWORK, False), ("carrier", NETWORK, True)],
)
def test_searching_for_the_very_words(portal, reader, visibility, found):
    """Each field of an organisation without consent is searched for by its mark."""
    client, case = browser(portal, reader), Case(visibility, "widerrufen", State.PUBLISHED)
    pk = portal.organisations[case].pk
    for word, field in portal.words_of(case):
        ids = set(points_of(client.get(POINTS, {"q": word})))
        assert ids == ({pk} if found and field in FOUND_BY else set()), field
    for field in (*NOTICE, "name", "phone", "street"):
        notices = read(portal, client, "/sucht-bietet/", q=portal.word(case, field))
        assert set(notices) == ({case} if found and field in NOTICE else set()), field


# Would these tests notice?

PLANTED = {
    "everybody is in the network": (MigrantOrganisationQuerySet, "disclosed_to", lambda self, user: self.all()),
    "everybody shows the address": (querysets, "shows_address", lambda: ~Q(pk=None)),
    "cards don't ask for consent": (querysets, "consented", lambda: ~Q(pk=None)),
    "maps don't ask for consent": (geojson, "consented", lambda: ~Q(pk=None)),
    "notices don't ask whose they are": (NoticeQuerySet, "visible_to", lambda self, user: self.current()),
}


@pytest.mark.parametrize(
    ("leak", "address", "told"),
    [
        ("everybody is in the network", LIST, ("directory", NETWORK, "name")),
        ("everybody shows the address", POINTS, ("map", PLACE_ONLY, "point")),
        ("cards don't ask for consent", LIST, ("directory", OPEN, "phone")),
        ("maps don't ask for consent", POINTS, ("map", PLACE_ONLY, "phone")),
        ("notices don't ask whose they are", FEED, ("feed", NETWORK, "notice")),
    ],
)
def test_a_planted_leak_is_noticed(portal, monkeypatch, leak, address, told):
    surface, visibility, field = told
    client, wanted = Client(), expected(portal, "visitor", surface)

    def found():
        return differences(read_map(portal, client) if surface == "map" else read(portal, client, address), wanted)

    assert found() == {}
    monkeypatch.setattr(*PLANTED[leak])
    assert field in found()[Case(visibility, "nie", State.PUBLISHED)]["more"]
