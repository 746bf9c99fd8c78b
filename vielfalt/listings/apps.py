from django.apps import AppConfig

from vielfalt.daily import steps
from vielfalt.listings import desk, workspace
from vielfalt.mail import previews


class ListingsConfig(AppConfig):
    name = "vielfalt.listings"
    verbose_name = "Einträge"

    def ready(self) -> None:
        steps.register("antraege", "vielfalt.listings.actions.forget_unconfirmed")
        steps.register("importe", "vielfalt.listings.spreadsheets.importing.forget_imports")
        desk.register("vielfalt.listings.admin.requests.panels")
        previews.register("vielfalt.listings.emails.samples")
        workspace.register("vielfalt.listings.workspace.tasks.questions")
