from django.apps import AppConfig

from vielfalt.accounts import groups
from vielfalt.listings import desk, registry, requirements, workspace
from vielfalt.listings.groups import CURATING
from vielfalt.reminders import sources


class LotsenConfig(AppConfig):
    name = "lotsen"
    verbose_name = "WIR-Lotsen"

    def ready(self) -> None:
        desk.register("lotsen.desk.panels")
        groups.register("Redaktion WIR-Lots*innen", "lotsen", *CURATING)
        registry.register("lotsen.carrier", "lotsen.review.carrier")
        registry.register("lotsen.programme", "lotsen.review.programme")
        requirements.register("lotsen.carrier", "lotsen.rules.carrier")
        requirements.register("lotsen.programme", "lotsen.rules.programme")
        sources.register("lotsen.carrier", "lotsen.reminders.carriers")
        workspace.register("lotsen.workspace.keeping.share")
