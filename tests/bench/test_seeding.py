"""The bench's data: as many as it says, public, and the same each time."""

import pytest
from django.db import connection

from leitfaden.models import BlockVersion, Edition, Kind, Revision
from leitfaden.trees import load_tree
from lotsen.models import Carrier, Programme, ProgrammeLanguage
from migrantenorgs.models import MigrantOrganisation
from tests.bench.seeding import entries, text
from tests.bench.seeding.words import FREQUENT, RARE
from vielfalt.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

NUMBER = 40


@pytest.fixture
def network(monkeypatch):
    # A transaction cannot tidy up.
    monkeypatch.setattr(entries, "settle", lambda: None)
    entries.make(NUMBER)


def rows(model):
    """Everything but the moment of writing and, of links, their own numbers."""
    own = {"created_at", "updated_at", *(["id"] if model._meta.auto_created else [])}
    names = [field.attname for field in model._meta.concrete_fields if field.name not in own]
    return sorted(map(repr, model.objects.values_list(*names)))


@pytest.mark.usefixtures("network")
class TestEntries:
    def test_all_are_public(self, client):
        assert Carrier.objects.published().count() == NUMBER
        assert Programme.objects.published().count() == 2 * NUMBER
        assert MigrantOrganisation.objects.count() == NUMBER
        assert 0 < MigrantOrganisation.objects.published().count() < NUMBER

    def test_programmes_have_what_readers_look_for(self):
        for programme in Programme.objects.all():
            assert programme.offered_languages.exists()
            assert programme.fields_of_work.exists()
            assert programme.covered_municipalities.exists() or programme.covered_districts.exists()

    def test_rare_and_frequent_word(self):
        programmes = Programme.objects.published()
        assert programmes.search(RARE).values("carrier").distinct().count() == entries.RARELY_SAID
        assert programmes.search(FREQUENT).count() == 2 * NUMBER

    def test_entries_made_later_get_numbers_of_their_own(self):
        assert ProgrammeLanguage.objects.create(programme_id=1, language_id="deu").pk > NUMBER

    def test_pages_open(self, client):
        carrier = Carrier.objects.get(pk=1)
        assert carrier.postal_code in carrier.municipality.postal_codes.all()
        for path in ("/", "/karte/?ort=63065", "/traeger/", carrier.get_absolute_url(), "/migrantenorganisationen/"):
            assert client.get(path).status_code == 200


def test_the_same_each_time(monkeypatch):
    monkeypatch.setattr(entries, "settle", lambda: None)
    models = (Carrier, Programme, ProgrammeLanguage, MigrantOrganisation, Notice, Programme.fields_of_work.through)
    seen = []
    for _time in range(2):
        entries.make(NUMBER)
        seen.append([rows(model) for model in models])
        with connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE lotsen_carrier, migrantenorgs_migrantorganisation, notices_notice, accounts_user CASCADE"
            )
    assert seen[0] == seen[1]


def test_leitfaden():
    document = text.make()
    edition = Edition.objects.current().get()
    blocks = list(load_tree(document.head).walk())
    assert len(blocks) == 300
    assert sum(block.kind == Kind.MODULE for block in blocks) == text.MODULES
    assert Revision.objects.count() == text.REVISIONS + 2
    assert BlockVersion.objects.count() == 300 + text.REVISIONS * text.EDITED
    assert edition.revision.number == text.PUBLISHED_AFTER + 2
    assert not edition.files.exists()
