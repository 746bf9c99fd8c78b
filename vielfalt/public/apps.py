from django.apps import AppConfig

from vielfalt.accounts import groups


class PublicConfig(AppConfig):
    name = "vielfalt.public"
    verbose_name = "Öffentliche Seiten"

    def ready(self) -> None:
        groups.register(groups.PORTAL, "public", "mail", "daily.view_dailyrun")
