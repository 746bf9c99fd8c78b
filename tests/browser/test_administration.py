"""The administration's log-in page in a real browser."""

from tests.browser.assertions import NARROW, look


def test_login_page(visit):
    page = visit("/verwaltung/login/", **NARROW)
    assert page.get_by_label("E-Mail").is_visible()
    # Django's own page has no first heading.
    look(page, best_practice=False)


def test_logging_in_without_javascript(visit):
    page = visit("/verwaltung/login/", javascript=False)
    page.get_by_label("E-Mail").fill("redaktion@example.org")
    page.get_by_label("Passwort").fill("demo")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    assert page.get_by_role("button", name="Abmelden").is_visible()
