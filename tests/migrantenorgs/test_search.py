"""Names in every script are found, with the mistakes people make."""

import pytest

from migrantenorgs.models import MigrantOrganisation
from tests.factories import MigrantOrganisationFactory, MigrantOrganisationInternalFactory
from vielfalt.text import match_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

LONG = {
    "Latin with accents": ("Türkçe Kültür Evi", ["Turkce", "Türkce", "tuerkce", "KULTUR", "Türkçe Evi"]),
    "Cyrillic": ("Український дім", ["український", "Украінський", "ДІМ"]),
    "Arabic": ("جَمعيّة التَّعارُف", ["التعارف", "جمعية", "التعـــارف", "جمعيه"]),
    "Persian": ("کتاب‌خانهٔ ما", ["کتابخانه", "كتابخانه"]),
    "Hebrew": ("בֵּית סֵפֶר", ["בית", "ספר"]),
    "Tamil": ("தமிழ்ச் சங்கம்", ["தமிழ்", "சங்கம்"]),
    "Ethiopic": ("ናይ ባህሊ ማሕበር", ["ባህሊ", "ማሕበር"]),
    "right to left with Latin": ("نادي ABC للشباب", ["ABC", "للشباب", "abc نادي"]),
    "emoji": ("Fest 🎉 der Vielen", ["Fest", "fest 🎉", "🎉 vielen"]),
}


def found(text):
    return [organisation.name for organisation in MigrantOrganisation.objects.search(text)]


@pytest.mark.parametrize(
    ("own_name", "question"), [(name, question) for name, questions in LONG.values() for question in questions]
)
@pytest.mark.parametrize("field", ["name", "own_name"])
def test_every_script(field, own_name, question):
    wanted = MigrantOrganisationFactory(**{field: own_name})
    MigrantOrganisationFactory(name="Ganz anderer Verein", own_name="другое")
    assert found(question) == [wanted.name]


@pytest.mark.parametrize(
    ("field", "name", "question"),
    [
        ("name", "Afghanistan-Hilfe Musterstadt", "Afganistan"),
        ("name", "Kurdisches Haus", "kurdishes"),
        ("transliteration", "Ukraïna", "ukraina"),
        ("transliteration", "Dar as-Salām", "dar as salam"),
    ],
)
def test_mistakes_and_transliterations(field, name, question):
    wanted = MigrantOrganisationFactory(**{field: name})
    MigrantOrganisationFactory(name="Ganz anderer Verein")
    assert found(question) == [wanted.name]


def test_a_cyrillic_name_is_found_by_its_transliteration():
    wanted = MigrantOrganisationFactory(own_name="Україна", transliteration="Ukraina")
    MigrantOrganisationFactory(name="Ganz anderer Verein")
    assert found("ukraina") == found("україна") == [wanted.name]


def test_texts_vocabularies_languages_and_places():
    wanted = MigrantOrganisationFactory(
        description="Wir singen",
        offers="<p>Nähwerkstatt</p>",
        networks="Runder Tisch",
        fields=["kultur-begegnung"],
        groups=["frauen"],
        spoken=["ckb"],
    )
    other = MigrantOrganisationFactory(name="Ganz anderer Verein")
    for question in ("singen", "Nähwerkstatt", "runder", "Musik", "Mädchen", "Kurdisch", "Nähwerkstatt Sorani"):
        assert found(question) == [wanted.name]
    assert set(found("Offenbach")) == {wanted.name, other.name}


def test_neither_contact_nor_address_nor_what_is_internal():
    organisation = MigrantOrganisationFactory(
        consented=True,
        street="Geheimgasse 1",
        postal_code_id="63065",
        opening_hours="Geheimzeit",
        phone="069 4711",
        email="geheim@example.org",
        website="https://geheim.example/",
    )
    MigrantOrganisationInternalFactory(organisation=organisation, contact_name="Geheim", note="Geheimnis")
    for question in ("Geheim", "Geheimgasse", "Geheimzeit", "63065", "4711", "geheim@example.org", "geheim.example"):
        assert found(question) == []


@pytest.mark.parametrize(
    "question", ["\x00", "Kultur\x00verein", "\x00Fest", " ", "%", "\\", "'", "\u202e", "🎉" * 300]
)
def test_strange_questions_are_answered(question):
    MigrantOrganisationFactory()
    found(question)


@pytest.mark.parametrize("name", [name for name, _ in LONG.values()])
def test_python_and_the_database_compare_alike(name):
    organisation = MigrantOrganisationFactory(name=name)
    assert MigrantOrganisation.objects.get(name__match_key=match_key(name)) == organisation


def test_direction_marks_are_dropped_from_names():
    organisation = MigrantOrganisationFactory(own_name="\u202eنادي\u2066", transliteration="\u202eNadi")
    organisation.refresh_from_db()
    assert (organisation.own_name, organisation.transliteration) == ("نادي", "Nadi")
