from django.apps import AppConfig

from vielfalt.daily import steps
from vielfalt.listings import desk, registry, workspace
from vielfalt.reminders import sources


class LotsenConfig(AppConfig):
    name = "lotsen"
    verbose_name = "WIR-Lotsen"

    def ready(self) -> None:
        desk.register("lotsen.desk.panels")
        registry.register("lotsen.carrier", "lotsen.review.carrier")
        registry.register("lotsen.programme", "lotsen.review.programme")
        steps.register("importe", "lotsen.actions.forget_imports")
        sources.register("lotsen.reminders.due")
        workspace.register("lotsen.workspace.share.share")
