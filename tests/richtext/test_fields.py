"""Long texts on every way into the database and out of it."""

import json
import re

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import F

from lotsen.models import Carrier
from tests.factories import CarrierFactory, ProgrammeFactory
from vielfalt.richtext.fields import LONGEST_TEXT, RichTextFormField
from vielfalt.text import SEARCH_CONFIG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

EVIL = '<p onclick="x()">Hallo <b>Welt</b><script>x()</script></p>'
GOOD = "<p>Hallo <strong>Welt</strong></p>"


def stored(carrier):
    return Carrier.objects.values_list("description", flat=True).get(pk=carrier.pk)


def test_saved(subtests):
    carrier = CarrierFactory(description=EVIL)
    assert (carrier.description, stored(carrier)) == (GOOD, GOOD)
    with subtests.test("update"):
        Carrier.objects.update(description="eins\n\nzwei")
        assert stored(carrier) == "<p>eins</p> <p>zwei</p>"
    with subtests.test("bulk_update"):
        carrier.description = EVIL
        Carrier.objects.bulk_update([carrier], ["description"])
        assert stored(carrier) == GOOD
    with subtests.test("an expression"):
        Carrier.objects.update(description=F("description_easy"))
        assert stored(carrier) == ""


def test_a_form_says_what_is_too_long():
    field = RichTextFormField()
    assert field.clean("eins & zwei") == "<p>eins &amp; zwei</p>"
    with pytest.raises(Exception, match="Dieser Text ist zu lang"):
        field.clean("x" * LONGEST_TEXT)


def test_what_only_looks_different_has_not_changed():
    field = RichTextFormField()
    assert not field.has_changed("<p>Hallo</p>", "Hallo\r\n")
    assert field.has_changed("<p>Hallo</p>", "Hallo Welt")


def test_the_admin_has_the_editor(client, editor):
    carrier = CarrierFactory(description="Hallo")
    page = client.get(f"/verwaltung/lotsen/carrier/{carrier.pk}/change/").text
    assert re.search(r'<textarea name="description"[^>]* data-rich-text="/static/django_prose_editor/editor.js"', page)
    assert re.search(r'<script [^>]*src="/static/portal/rich-text.js"[^>]*></script>', page)


def test_pages_show_the_formatting_and_data_the_words(client):
    carrier = CarrierFactory(description=EVIL, description_easy="eins\n\nzwei")
    ProgrammeFactory(carrier=carrier, description="<ul><li>eins</li></ul>", limits="<p>Kein <em>Rat</em></p>")
    page = client.get(carrier.get_absolute_url()).text
    for piece in (GOOD, "<p>eins</p> <p>zwei</p>", "<ul><li>eins</li></ul>", "<dd><p>Kein <em>Rat</em></p></dd>"):
        assert piece in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["description"] == "Hallo Welt"
    assert data["makesOffer"][0]["itemOffered"]["description"] == "– eins"


def test_a_page_does_not_trust_the_database(client):
    carrier = CarrierFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE lotsen_carrier SET description = %s", [EVIL])
    assert "onclick" not in client.get(carrier.get_absolute_url()).text


@pytest.mark.parametrize("word", ["strong", "href", "noopener", "nofollow", "amp", "rel"])
def test_search_does_not_know_the_markup(word):
    CarrierFactory(
        name="Musterort", description='<p><strong>Rat</strong> &amp; <a href="https://e.de">Tat</a> im Café</p>'
    )
    assert not Carrier.objects.filter(search=SearchQuery(word, config=SEARCH_CONFIG)).exists()


@pytest.mark.parametrize("word", ["Rat", "Tat", "Café", "Hilfe"])
def test_search_finds_the_words(word):
    CarrierFactory(description='<p><strong>Rat</strong><br>Hilfe &amp; <a href="https://e.de">Tat</a></p><p>Café</p>')
    assert Carrier.objects.filter(search=SearchQuery(word, config=SEARCH_CONFIG)).exists()
