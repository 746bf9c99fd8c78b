from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "vielfalt.listings"
    verbose_name = "Einträge"
