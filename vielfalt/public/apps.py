from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "vielfalt.public"
    verbose_name = "Öffentliche Seiten"
