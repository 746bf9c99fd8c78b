from django.apps import AppConfig


class DailyConfig(AppConfig):
    name = "vielfalt.daily"
    verbose_name = "Tägliche Aufgaben"
