""" "Mein Bereich" of a migrant organisation, in a real browser."""

from tests.browser.assertions import NARROW, look

HOME = "/mein/migrantenorganisationen/kulturverein-beispielstadt/"
VISIBILITY = f"{HOME}bearbeiten/sichtbarkeit/"


def test_every_page_is_accessible_and_fits(visit):
    page = visit(email="kulturverein@example.org", **NARROW)
    sections = [
        f"{HOME}bearbeiten/{slug}/"
        for slug in (
            "sichtbarkeit",
            "kontakt",
            "name",
            "handlungsfelder",
            "sprachen",
            "texte",
            "angebote",
            "grunddaten",
        )
    ]
    for path in ("/mein/", HOME, *sections, f"{HOME}team/", f"{HOME}bilder/", f"{HOME}verlauf/"):
        page.goto(path)
        look(page)


def test_deciding_by_keyboard_without_javascript(visit):
    page = visit(VISIBILITY, email="kulturverein@example.org", javascript=False)
    page.get_by_role("radio", name="öffentlich", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    network = page.get_by_role("radio", name="nur Netzwerk")
    assert network.is_checked()
    page.keyboard.press("Tab")
    box = page.get_by_role("checkbox", name="Ja, unsere Kontaktdaten dürfen öffentlich sein.")
    assert box.evaluate("element => element === document.activeElement")
    if box.is_checked():
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Nur das Netzwerk und die Redaktion sehen Ihren Eintrag.").wait_for()
    page.get_by_text("Ihre Kontaktdaten sind nicht zu sehen.").wait_for()
