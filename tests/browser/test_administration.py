"""The administration's log-in page in a real browser."""

import pytest

from tests.browser.assertions import LOOKS, assert_accessible, assert_fits


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_login_page(visit, width, scheme):
    page = visit("/verwaltung/login/", width=width, scheme=scheme)
    assert page.get_by_label("E-Mail").is_visible()
    assert_fits(page)
    # Django's own page has no first heading.
    assert_accessible(page, best_practice=False)


def test_logging_in_without_javascript(visit):
    page = visit("/verwaltung/login/", javascript=False)
    page.get_by_label("E-Mail").fill("redaktion@example.org")
    page.get_by_label("Passwort").fill("demo")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    assert page.get_by_role("button", name="Abmelden").is_visible()
