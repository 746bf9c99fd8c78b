"""How many queries pages take: literal numbers, the same with 1, 3 and 300 entries."""

import pytest

from lotsen.models import Carrier, FieldOfWork, Programme, ProgrammeLanguage
from tests.factories import CarrierFactory, ProgrammeFactory
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture(params=[1, 3, 300])
def entries(request):
    """So many published carriers with a programme each; the first is called "erster"."""
    first = CarrierFactory(slug="erster")
    kind, place = first.carrier_type, first.municipality
    others = [
        Carrier(
            name=f"Weiterer {n}", slug=f"weiterer-{n}", state=State.PUBLISHED, carrier_type=kind, municipality=place
        )
        for n in range(request.param - 1)
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


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 5),
        ("/karte/", 5),
        ("/karte/?seite=2", 5),
        ("/karte/?ort=63065", 6),
        ("/karte/?ort=Ofenbach&umkreis=20&sprache=ara&q=lots", 6),
        ("/karte/?ort=36037&sprache=ara&kreis=06413&einsatzfeld=aemter-behoerden", 8),
        ("/karte/daten.geojson", 1),
        ("/karte/daten.geojson?ort=Ofenbach&umkreis=20&sprache=ara&q=lots", 2),
        ("/karte/daten.geojson?ort=36037+Kassel&umkreis=20", 2),
        ("/karte/daten.geojson?ort=99999+Ofenbach&umkreis=20", 2),
        ("/traeger/", 4),
        ("/traeger/?kreis=06413&seite=2", 4),
        ("/traeger/erster/", 8),
        ("/sitemap.xml", 4),
        ("/impressum/", 2),
        ("/robots.txt", 0),
    ],
)
@pytest.mark.usefixtures("entries")
def test_public_pages(client, address, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_a_carrier_with_many_programmes(client, django_assert_num_queries):
    carrier = CarrierFactory()
    for _ in range(5):
        ProgrammeFactory(
            carrier=carrier, languages=["ara", "tur"], covers=["Hanau"], districts=["06438"], fields=["wohnen"]
        )
    with django_assert_num_queries(8):
        client.get(carrier.get_absolute_url())
