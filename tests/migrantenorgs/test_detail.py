"""The page of a migrant organisation."""

import datetime
import json
import re

import pytest
from django.utils import timezone

from migrantenorgs.models import MigrantOrganisation, MigrantOrganisationPicture, Visibility
from tests.factories import (
    CarrierFactory,
    MigrantOrganisationFactory,
    MigrantOrganisationMembershipFactory,
    NoticeFactory,
    curator,
)
from vielfalt.listings.models import FormerSlug, State
from vielfalt.listings.twins import join

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

CURATORS = "Redaktion Migrantenorganisationen"


def structured_data(text):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(found[1]) if found else None


@pytest.fixture
def organisation():
    return MigrantOrganisationFactory(
        name="Brücke",
        slug="bruecke",
        short_name="BRÜ",
        own_name="جسر",
        own_name_language_id="ara",
        transliteration="Jisr",
        founded_in=1998,
        reach="kommune",
        street="Musterweg 3",
        postal_code_id="63065",
        opening_hours="Freitag ab 16 Uhr",
        description="<p>Wir sind <strong>offen</strong>.</p>",
        description_easy="<p>Wir helfen.</p>",
        offers="<p>Chor am Freitag</p>",
        networks="Bündnis Muster",
        consented=True,
        fields=["bildung"],
        groups=["frauen"],
        spoken=["ara", "tur"],
    )


def test_what_somebody_needs(client, organisation):
    text = client.get(organisation.get_absolute_url()).text
    for piece in (
        '<bdi lang="ar" dir="rtl">جسر</bdi>',
        "Jisr",
        "tel:+496990009002",
        "mailto:verein@example.org",
        "(verein.example)",
        "Freitag ab 16 Uhr",
        "Musterweg 3<br>63065 Offenbach am Main",
        "Offenbach am Main",
        "e. V.",
        "<dd>1998</dd>",
        "<dd>Kommune</dd>",
        "<dd>Bündnis Muster</dd>",
        "<strong>offen</strong>",
        "Wir helfen.",
        "Chor am Freitag",
        "Bildung",
        "Frauen",
        '<bdi lang="ar" class="muted">العربية</bdi>',
        "bestätigt am 1. November 2026",
        'href="/migrantenorganisationen/bruecke/fehler-melden/"',
    ):
        assert piece in text, piece
    assert "Ansprechstelle" not in text
    assert "noindex" not in text


def test_structured_data(client, organisation):
    assert structured_data(client.get(organisation.get_absolute_url()).text) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": "http://testserver/migrantenorganisationen/bruecke/",
        "name": "Brücke",
        "alternateName": ["BRÜ", "جسر", "Jisr"],
        "description": "Wir sind offen.",
        "url": "https://verein.example/",
        "email": "verein@example.org",
        "telephone": "069 90009-002",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Musterweg 3",
            "postalCode": "63065",
            "addressLocality": "Offenbach am Main",
            "addressRegion": "HE",
            "addressCountry": "DE",
        },
        "foundingDate": "1998",
        "knowsLanguage": ["ar", "tr"],
        "knowsAbout": ["Bildung"],
    }


def test_without_consent_one_asks_the_centre(client):
    organisation = MigrantOrganisationFactory(opening_hours="Freitag", street="Musterweg 3")
    text = client.get(organisation.get_absolute_url()).text
    for secret in ("069 90009-002", "+49699", "verein@example.org", "verein.example", "Freitag"):
        assert secret not in text
    assert "wir stellen den Kontakt gern her" in text
    assert "Ansprechstelle für Migrantenorganisationen" in text


def test_without_an_address_only_the_town(client):
    organisation = MigrantOrganisationFactory(
        street="Musterweg 3", postal_code_id="63065", visibility=Visibility.PLACE_ONLY, consented=True
    )
    text = client.get(organisation.get_absolute_url()).text
    assert "Musterweg" not in text
    assert "63065" not in text
    assert structured_data(text)["address"]["addressLocality"] == "Offenbach am Main"


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_drafts_are_for_their_team_and_their_staff(client, state):
    organisation = MigrantOrganisationFactory(state=state)
    member = MigrantOrganisationMembershipFactory(organisation=organisation).user
    address = organisation.get_absolute_url()
    assert client.get(address).status_code == 404
    for user, status in ((curator(), 404), (curator(CURATORS), 200), (member, 200)):
        client.force_login(user)
        response = client.get(address)
        assert response.status_code == status
        if status == 200:
            assert "noindex" in response.text
            assert structured_data(response.text) is None


class TestForTheNetworkOnly:
    @pytest.fixture
    def hidden(self):
        return MigrantOrganisationFactory(name="Verborgen", slug="verborgen", visibility=Visibility.NETWORK)

    @pytest.mark.parametrize(("who", "found"), [("visitor", 404), ("stranger", 404), ("bob", 200), ("alice", 200)])
    def test_who_finds_it(self, client, readers, hidden, who, found):
        MigrantOrganisationPicture.objects.create(
            organisation=hidden, slot=0, file="bilder/geheim.webp", small="bilder/geheim-klein.webp", width=1, height=1
        )
        hidden.slug = "neu"
        hidden.save()
        if who != "visitor":
            client.force_login(getattr(readers, who))
        moved = 301 if found == 200 else 404
        assert client.get("/migrantenorganisationen/neu/").status_code == found
        assert client.get("/migrantenorganisationen/neu/fehler-melden/").status_code == found
        assert client.get("/migrantenorganisationen/verborgen/").status_code == moved

    def test_it_is_the_404_of_an_unknown_slug(self, client, hidden):
        FormerSlug.objects.create(kind=hidden._meta.label_lower, slug="frueher", object_id=hidden.pk)
        old = MigrantOrganisationFactory(
            slug="zu-alt", visibility=Visibility.NETWORK, confirmed_on=datetime.date(2020, 1, 1)
        )
        unknown = client.get("/migrantenorganisationen/unbekannt/")
        assert unknown.status_code == 404
        for slug in ("verborgen", "frueher", old.slug):
            for page in ("", "fehler-melden/"):
                answer = client.get(f"/migrantenorganisationen/{slug}/{page}")
                assert (answer.status_code, answer.text) == (404, unknown.text)
                assert {*answer.headers} == {*unknown.headers} | ({"Expires"} if "Expires" in answer else set())

    def test_the_network_reads_that_it_is_confidential(self, client, readers, hidden):
        client.force_login(readers.bob)
        text = client.get(hidden.get_absolute_url()).text
        assert "Nur für das Netzwerk" in text
        assert "noindex" in text
        assert structured_data(text) is None

    def test_too_old_for_the_network_too(self, client, readers, hidden):
        MigrantOrganisation.objects.update(confirmed_on=datetime.date(2020, 1, 1))
        assert client.get(hidden.get_absolute_url()).status_code == 404
        client.force_login(readers.bob)
        response = client.get(hidden.get_absolute_url())
        assert response.status_code == 410
        assert "Andere Organisationen in der Nähe von Offenbach am Main" in response.text

    def test_not_in_the_sitemap(self, client, readers, hidden):
        MigrantOrganisationFactory(slug="offen")
        for user in (None, readers.bob):
            if user:
                client.force_login(user)
            text = client.get("/sitemap.xml").text
            assert "/migrantenorganisationen/offen/" in text
            assert "verborgen" not in text


def test_old_addresses_redirect_for_ever(client, organisation):
    organisation.slug = "neu"
    organisation.save()
    response = client.get("/migrantenorganisationen/bruecke/")
    assert (response.status_code, response["Location"]) == (301, "/migrantenorganisationen/neu/")


class TestTwins:
    @pytest.fixture
    def carrier(self, organisation):
        carrier = CarrierFactory(name="Träger Muster", slug="muster")
        join(first=carrier, second=organisation, by=curator())
        return carrier

    def test_both_pages_lead_to_the_other(self, client, organisation, carrier):
        text = client.get(organisation.get_absolute_url()).text
        assert "Auch als Träger von Lotsenprogrammen eingetragen:" in text
        assert 'href="/traeger/muster/"' in text
        text = client.get(carrier.get_absolute_url()).text
        assert "Auch als Migrantenorganisation eingetragen:" in text
        assert 'href="/migrantenorganisationen/bruecke/"' in text

    def test_a_twin_that_the_reader_may_not_know_is_none(self, client, readers, organisation, carrier):
        MigrantOrganisation.objects.update(visibility=Visibility.NETWORK)
        assert "bruecke" not in client.get(carrier.get_absolute_url()).text
        client.force_login(readers.bob)
        assert "bruecke" in client.get(carrier.get_absolute_url()).text


class TestNotices:
    @pytest.mark.parametrize("make", [MigrantOrganisationFactory, CarrierFactory])
    def test_current_ones_of_this_entry_with_their_anchors(self, client, make):
        entry = make()
        today = timezone.localdate()
        shown = NoticeFactory(organisation=entry, title="Raum gesucht", ends_on=today)
        NoticeFactory(organisation=entry, title="Vorbei", ends_on=today - datetime.timedelta(days=1))
        NoticeFactory(organisation=entry, title="Zurückgehalten", withheld_because="Werbung")
        NoticeFactory(title="Von anderen")
        text = client.get(entry.get_absolute_url()).text
        assert f'id="{shown.anchor}"' in text
        assert "Raum gesucht" in text
        for title in ("Vorbei", "Zurückgehalten", "Von anderen"):
            assert title not in text

    def test_no_notices_no_heading(self, client):
        assert "anzeigen" not in client.get(MigrantOrganisationFactory().get_absolute_url()).text
