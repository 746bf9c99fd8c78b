"""How many queries pages take: literal numbers, the same with 1, 3 and 300 entries."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from leitfaden.actions import create_document
from leitfaden.changes import Insert
from leitfaden.content import Content
from leitfaden.models import Kind
from leitfaden.trees import load_tree
from lotsen.models import Carrier, FieldOfWork, Programme, ProgrammeLanguage
from migrantenorgs.models import FieldOfAction, MigrantOrganisation, TargetGroup
from tests.databases import rolled_back
from tests.factories import CarrierFactory, MigrantOrganisationFactory, ProgrammeFactory
from tests.leitfaden.texts import editor, publish, save, titled
from vielfalt.listings.models import State
from vielfalt.notices.models import Direction, Notice, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

SOME = "&".join(f"id={number}" for number in range(1, 1000))
"""As much as nobody may ask for at once."""


def make_entries(number):
    """So many published carriers with a programme each; the first is called "erster". And as many organisations."""
    first = CarrierFactory(slug="erster")
    kind, place = first.carrier_type, first.municipality
    others = [
        Carrier(
            name=f"Weiterer {n}", slug=f"weiterer-{n}", state=State.PUBLISHED, carrier_type=kind, municipality=place
        )
        for n in range(number - 1)
    ]
    carriers = [first, *Carrier.objects.bulk_create(others)]
    programmes = Programme.objects.bulk_create(
        Programme(carrier=carrier, title="Lots*innen", state=State.PUBLISHED, municipality=place)
        for carrier in carriers
    )
    ProgrammeLanguage.objects.bulk_create(ProgrammeLanguage(programme=one, language_id="ara") for one in programmes)
    area, field = Programme.covered_municipalities.through, Programme.fields_of_work.through
    area.objects.bulk_create(area(programme=one, municipality=place) for one in programmes)
    field.objects.bulk_create(field(programme=one, fieldofwork=FieldOfWork.objects.first()) for one in programmes)
    make_organisations(number)


def make_organisations(number):
    """So many public migrant organisations with a notice each; the first is called "erste"."""
    first = MigrantOrganisationFactory(slug="erste", own_name="نادي", own_name_language_id="ara")
    place, legal_form, today = first.municipality, first.legal_form, timezone.localdate()
    others = [
        MigrantOrganisation(
            name=f"Weitere {n}",
            slug=f"weitere-{n}",
            state=State.PUBLISHED,
            legal_form=legal_form,
            municipality=place,
            own_name="نادي",
            own_name_language_id="ara",
        )
        for n in range(number - 1)
    ]
    organisations = [first, *MigrantOrganisation.objects.bulk_create(others)]
    for links, term in (
        (MigrantOrganisation.languages.through, {"language_id": "ara"}),
        (MigrantOrganisation.fields_of_action.through, {"fieldofaction": FieldOfAction.objects.first()}),
        (MigrantOrganisation.target_groups.through, {"targetgroup": TargetGroup.objects.first()}),
    ):
        links.objects.bulk_create(links(migrantorganisation=one, **term) for one in organisations)
    subject = Subject.objects.get(slug="raeume")
    # Django keeps content types, so that the first page to ask for one would take a query more.
    kind = ContentType.objects.get_for_model(MigrantOrganisation)
    Notice.objects.bulk_create(
        Notice(
            content_type=kind,
            object_id=one.pk,
            direction=Direction.SEEKS,
            subject=subject,
            title="Raum",
            municipality=place,
            ends_on=today,
        )
        for one in organisations
    )


@pytest.fixture(scope="class", params=[1, 3, 300])
def entries(request, reference_data, django_db_blocker):
    """So many entries, made once for all public pages."""
    with rolled_back(django_db_blocker):
        make_entries(request.param)
        yield


class TestPublic:
    @pytest.mark.parametrize(
        ("address", "queries"),
        [
            ("/", 6),
            ("/karte/", 5),
            ("/karte/?seite=2", 5),
            ("/karte/?ort=63065", 6),
            ("/karte/?ort=Ofenbach&umkreis=20&sprache=ara&q=lots", 7),
            ("/karte/?ort=36037&sprache=ara&kreis=06413&einsatzfeld=aemter-behoerden", 8),
            ("/karte/daten.geojson", 1),
            ("/karte/daten.geojson?ort=Ofenbach&umkreis=20&sprache=ara&q=lots", 2),
            ("/karte/daten.geojson?ort=36037+Kassel&umkreis=20", 2),
            ("/karte/daten.geojson?ort=99999+Ofenbach&umkreis=20", 2),
            ("/karte/eintraege.geojson", 0),
            ("/karte/eintraege.geojson?id=x", 0),
            ("/karte/eintraege.geojson?{ids}", 1),
            ("/traeger/", 5),
            ("/traeger/?kreis=06413&seite=2", 6),
            ("/traeger/erster/", 8),
            ("/karte/?ebene=migrantenorganisationen", 6),
            ("/migrantenorganisationen/", 5),
            ("/migrantenorganisationen/?seite=2", 5),
            ("/migrantenorganisationen/?ort=Ofenbach&umkreis=20&sprache=ara&q=arabisch&sucht=raeume", 7),
            ("/migrantenorganisationen/daten.geojson", 1),
            ("/migrantenorganisationen/daten.geojson?ort=Ofenbach&umkreis=20&sprache=ara&bietet=raeume", 2),
            ("/migrantenorganisationen/eintraege.geojson?{ids}", 1),
            ("/migrantenorganisationen/anmelden/", 6),
            ("/migrantenorganisationen/erste/", 8),
            ("/sitemap.xml", 7),
            ("/impressum/", 4),
            ("/datenschutz/", 3),
            ("/robots.txt", 0),
        ],
    )
    @pytest.mark.usefixtures("entries")
    def test_public_pages(self, client, address, queries, django_assert_num_queries):
        with django_assert_num_queries(queries):
            assert client.get(address.format(ids=SOME)).status_code == 200


def test_a_carrier_with_many_programmes(client, django_assert_num_queries):
    carrier = CarrierFactory()
    for _ in range(5):
        ProgrammeFactory(
            carrier=carrier, languages=["ara", "tur"], covers=["Hanau"], districts=["06438"], fields=["wohnen"]
        )
    with django_assert_num_queries(8):
        client.get(carrier.get_absolute_url())


@pytest.fixture(params=[3, 300])
def edition(request):
    """A published edition of so many passages in eight modules, with a glossary."""
    alice, bob = editor("Alice"), editor("Bob")
    document = create_document(slug="leitfaden", title="Leitfaden", by=alice)
    modules = [Insert(Kind.MODULE, titled(f"Modul {n}", ue=4)) for n in range(8)]
    term = Insert(Kind.CHAPTER, titled("Glossar"))
    terms = [Insert(Kind.TERM, Content.clean(title="Träger", html="<p>Wer Kurse anbietet.</p>"), term.block)]
    note = '<p>Ein Träger bildet aus.<span class="footnote">Quelle.</span></p>'
    passages = [Insert(Kind.TEXT, Content.clean(html=note), modules[n % 8].block) for n in range(request.param)]
    save(document, *modules, term, *terms, *passages, by=alice)
    return publish(document, "2026.1", alice, bob)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/leitfaden/", 5),
        ("/leitfaden/alles/", 5),
        ("/leitfaden/seite/{module}/", 5),
        ("/leitfaden/suche/?q=traeger", 5),
        ("/leitfaden/zitieren/", 4),
        ("/leitfaden/2026-1/alles/", 5),
        ("/sitemap.xml", 6),
    ],
)
def test_pages_of_the_leitfaden(client, edition, address, queries, django_assert_num_queries):
    module = load_tree(edition.revision).modules[0].anchor
    with django_assert_num_queries(queries):
        assert client.get(address.format(module=module)).status_code == 200
