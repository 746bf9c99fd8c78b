from django.apps import AppConfig

from vielfalt.accounts import groups
from vielfalt.daily import steps
from vielfalt.mail import forgetting, previews


class RemindersConfig(AppConfig):
    name = "vielfalt.reminders"
    verbose_name = "Erinnerungen"

    def ready(self) -> None:
        groups.register(groups.PORTAL, "reminders")
        steps.register("erinnerungen", "vielfalt.reminders.actions.remind")
        previews.register("vielfalt.reminders.emails.samples")
        forgetting.register("vielfalt.reminders.actions.forget")
