from django.apps import AppConfig
from django.db.models.signals import post_migrate

from vielfalt.answers import watching
from vielfalt.daily import steps


class AnswersConfig(AppConfig):
    name = "vielfalt.answers"
    verbose_name = "Öffentliche Seiten"

    def ready(self) -> None:
        post_migrate.connect(watching.watch, sender=self)
        steps.register("seiten", "vielfalt.answers.actions.fold")
