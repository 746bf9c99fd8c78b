from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from vielfalt.accounts import groups
from vielfalt.listings import desk, layers, registry, requirements, workspace
from vielfalt.listings.groups import CURATING
from vielfalt.reminders import sources

LAYER = layers.Layer(
    slug="migrantenorganisationen",
    singular=_("Migrantenorganisation"),
    plural=_("Migrantenorganisationen"),
    shape="diamond",
    strand="migrantenorgs",
    data_page="migrantenorgs:map_data",
    entries_page="migrantenorgs:map_entries",
    list_page="migrantenorgs:organisation_list",
    count="migrantenorgs.filters.count",
    shares=("ort", "umkreis", "sprache"),
)
"""The organisations on the map of the programmes."""


class MigrantenorgsConfig(AppConfig):
    name = "migrantenorgs"
    verbose_name = "Migrantenorganisationen"

    def ready(self) -> None:
        desk.register("migrantenorgs.desk.panels")
        groups.register("Redaktion Migrantenorganisationen", "migrantenorgs", *CURATING)
        registry.register("migrantenorgs.migrantorganisation", "migrantenorgs.review.migrant_organisation")
        requirements.register("migrantenorgs.migrantorganisation", "migrantenorgs.rules.organisation")
        sources.register("migrantenorgs.migrantorganisation", "migrantenorgs.reminders.organisations")
        workspace.register("migrantenorgs.workspace.keeping.share")
        layers.register(LAYER)
