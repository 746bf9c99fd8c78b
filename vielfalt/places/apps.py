from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "vielfalt.places"
    verbose_name = "Orte"
