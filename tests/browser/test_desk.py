"""The staff's admin in a real browser: nothing blocked, nothing broken, readable in every look."""

import pytest

from tests.browser.assertions import NARROW, assert_fits, look

PAGES = {
    "desk": "/verwaltung/",
    "import": "/verwaltung/lotsen/carrier/import/",
    "carriers": "/verwaltung/lotsen/carrier/",
    "vocabulary": "/verwaltung/lotsen/fieldofwork/",
    "organisations": "/verwaltung/migrantenorgs/migrantorganisation/",
    "new organisation": "/verwaltung/migrantenorgs/migrantorganisation/add/",
    "organisation": "/verwaltung/migrantenorgs/migrantorganisation/1/change/",
    "team": "/verwaltung/migrantenorgs/migrantorganisation/1/team/",
    "twin": "/verwaltung/migrantenorgs/migrantorganisation/1/gleiche-organisation/?q=e",
}


@pytest.fixture
def visit_as_staff(visit):
    def visit_as_staff(path, **options):
        return visit(path, email="redaktion@example.org", **options)

    return visit_as_staff


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_admin(visit_as_staff, name):
    page = visit_as_staff(PAGES[name], **NARROW)
    # Django's own heads and tables do not follow every best practice.
    look(page, best_practice=False)


@pytest.mark.parametrize("name", ["carriers", "vocabulary"])
def test_lists_scroll_inside_themselves_on_a_phone(visit_as_staff, name):
    page = visit_as_staff(PAGES[name], width=360)
    assert_fits(page)
    assert page.evaluate("(box => box.scrollWidth > box.clientWidth)(document.querySelector('.results'))")


def test_forms_with_suggestions_and_dates_run_under_the_policy(visit_as_staff):
    page = visit_as_staff("/verwaltung/lotsen/programme/add/")
    page.get_by_role("combobox").first.click()
    assert page.get_by_role("searchbox").first.is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Heute").first.click()


def test_import_from_upload_to_confirmation(visit_as_staff):
    page = visit_as_staff("/verwaltung/lotsen/carrier/import/")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename == "vorlage-traeger.xlsx"
    header = "Name;Trägerart;Dachverband;Programm;Ort;PLZ;Straße;Website;E-Mail;Telefon;Sprachen;Einsatzfelder;"
    header += "Zielgruppen;Aktive Lots*innen;Jahr;UE;Notiz\n"
    text = header + "Probeverein;Gemeinnütziger Verein;;Probe;Fulda;;;;;;Arabisch;;;;;;\n"
    page.get_by_label("Tabelle:").set_input_files(
        {"name": "probe.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}
    )
    page.get_by_role("button", name="Tabelle prüfen").click()
    page.get_by_role("cell", name="Probeverein").wait_for()
    page.get_by_role("button", name="Abbrechen").click()
    page.get_by_text("Nichts wurde importiert.").wait_for()
