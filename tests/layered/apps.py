from django.apps import AppConfig

from vielfalt.listings import layers


class LayeredConfig(AppConfig):
    name = "tests.layered"

    def ready(self) -> None:
        layers.register(SAMPLE)


SAMPLE = layers.Layer(
    slug="muster",
    singular="Musterverein",
    plural="Mustervereine",
    shape="diamond",
    strand="migrantenorgs",
    data_page="layered_data",
    entries_page="layered_entries",
    list_page="layered_list",
    count="tests.layered.urls.count",
    shares=("ort", "umkreis"),
)
