"""The home page and the texts of the portal."""

import datetime
import re

import pytest
from django.utils import timezone

from lotsen.models import Carrier
from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory, municipality
from vielfalt.listings.models import State
from vielfalt.public.loading import load_pages
from vielfalt.public.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def figures(client):
    return [str(number) for number, _label in client.get("/").context["figures"]]


def test_figures_are_counted(client):
    today = timezone.localdate()
    CarrierFactory(confirmed_on=today)
    CarrierFactory(confirmed_on=today - datetime.timedelta(days=364), municipality=municipality("Rodgau"))
    CarrierFactory(confirmed_on=today - datetime.timedelta(days=367))
    CarrierFactory(state=State.DRAFT, municipality=municipality("Kassel"))
    assert figures(client) == ["3", "2", "33", "67 %"]


def test_an_empty_portal(client):
    assert figures(client) == ["0", "0", "33", "0 %"]


def test_only_languages_that_somebody_offers(client):
    ProgrammeFactory(languages={"ara": "regelmaessig", "tur": "derzeit-nicht"})
    ProgrammeFactory(languages=["som"], state=State.DRAFT)
    assert [option.value for option in client.get("/").context["languages"]] == ["ara"]
    assert '<option value="ara">Arabisch · العربية</option>' in client.get("/").content.decode()


def test_the_map_shows_every_place_once(client):
    for name in ("Kassel", "Hanau", "Hanau"):
        ProgrammeFactory(carrier=CarrierFactory(municipality=municipality(name)))
    assert client.get("/").content.decode().count("<circle") == 2


def test_texts_are_loaded_once_and_then_belong_to_the_staff(client):
    Page.objects.filter(pk="impressum").update(text="## Eigenes\n\n<script>alert(1)</script> [x](javascript:alert)")
    assert load_pages() == 0
    text = client.get("/impressum/").content.decode()
    assert "<h2>Eigenes</h2>" in text
    assert "&lt;script&gt;alert(1)" in text
    assert 'href="javascript:' not in text


def test_first_version_of_the_texts_is_honest(client):
    for page in Page.objects.all():
        assert "Platzhalter" in client.get(page.get_absolute_url()).content.decode()


def test_components_are_for_staff_and_demo(client, settings):
    assert client.get("/stil/").status_code == 404
    settings.DEMO = True
    assert client.get("/stil/").status_code == 200


@pytest.mark.parametrize("component", ["meter", "changes", "difference", "timeline", "kern-alert--danger", "empty"])
def test_components_of_work_on_entries_are_on_the_page_of_components(client, settings, component):
    settings.DEMO = True
    text = client.get("/stil/").content.decode()
    assert re.search(rf'class="(?:[^"]* )?{component}[ "]', text)
    assert "Rückfrage gestellt" in text


def test_a_demo_says_so(client, settings):
    assert "sind Beispiele" not in client.get("/").content.decode()
    settings.DEMO = True
    assert "sind Beispiele" in client.get("/").content.decode()


def test_sitemap_and_robots(client):
    CarrierFactory(slug="offen")
    CarrierFactory(slug="geheim", state=State.DRAFT)
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "http://testserver/traeger/offen/" in sitemap
    assert "geheim" not in sitemap
    assert "http://testserver/karte/" in sitemap
    robots = client.get("/robots.txt").content.decode()
    assert robots == "User-agent: *\nDisallow: /verwaltung/\nSitemap: http://testserver/sitemap.xml\n"


def test_unchanged_pages_are_not_sent_again(client):
    carrier = CarrierFactory(slug="offen")
    first = client.get("/traeger/offen/")
    assert client.get("/traeger/offen/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    Carrier.objects.filter(pk=carrier.pk).update(state=State.DRAFT)
    assert client.get("/traeger/offen/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 404


def test_staff_edit_the_texts(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    answer = client.post("/verwaltung/public/page/impressum/change/", {"title": "Impressum", "text": "Neu: **fett**"})
    assert answer.status_code == 302
    assert "<p>Neu: <strong>fett</strong></p>" in client.get("/impressum/").content.decode()
    assert client.get("/verwaltung/public/page/add/").status_code == 403
