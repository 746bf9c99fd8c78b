from django.apps import AppConfig

from vielfalt.daily import steps


class MailConfig(AppConfig):
    name = "vielfalt.mail"
    verbose_name = "E-Mail"

    def ready(self) -> None:
        steps.register("post", "vielfalt.mail.actions.clean_up")
