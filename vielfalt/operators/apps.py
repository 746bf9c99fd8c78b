from django.apps import AppConfig

from vielfalt.accounts import groups


class OperatorsConfig(AppConfig):
    name = "vielfalt.operators"
    verbose_name = "Betrieb"

    def ready(self) -> None:
        groups.register(groups.PORTAL, "operators")
