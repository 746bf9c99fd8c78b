from django.apps import AppConfig


class LotsenConfig(AppConfig):
    name = "lotsen"
    verbose_name = "WIR-Lotsen"
