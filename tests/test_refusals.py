"""Requests that no page can answer, and what the visitor reads then."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.mark.parametrize(
    "address",
    ["lotsen/carrier/?state=%00", "lotsen/carrier/?q=%00", "lotsen/carrier/?%00=1", "lotsen/carrier/%00/change/"],
)
def test_null_characters_in_addresses_of_the_admin(client, editor, address):
    response = client.get(f"/verwaltung/{address}")
    assert response.status_code == 400
    assert "Diese Anfrage verstehen wir nicht." in response.text


@pytest.mark.parametrize("address", ["/traeger/?q=%00", "/karte/?q=%00", "/orte/?q=%00"])
def test_public_pages_answer_them_as_any_question_that_finds_nothing(client, address):
    assert client.get(address).status_code < 500


@pytest.mark.parametrize("path", ["/konto/anmelden/", "/verwaltung/lotsen/carrier/import/"])
def test_a_form_that_was_open_too_long(editor, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    response = client.post(path, {"csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403
    assert "Ihr Formular war zu lange offen." in response.text
    assert "portal/base.css" in response.text
