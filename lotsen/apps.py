from django.apps import AppConfig

from vielfalt.listings import desk
from vielfalt.reminders import sources


class LotsenConfig(AppConfig):
    name = "lotsen"
    verbose_name = "WIR-Lotsen"

    def ready(self) -> None:
        desk.register("lotsen.desk.panels")
        sources.register("lotsen.reminders.due")
