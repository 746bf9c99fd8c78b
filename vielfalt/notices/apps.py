from django.apps import AppConfig

from vielfalt.daily import steps
from vielfalt.listings import workspace
from vielfalt.mail import previews


class NoticesConfig(AppConfig):
    name = "vielfalt.notices"
    verbose_name = "Sucht / bietet"

    def ready(self) -> None:
        steps.register("gesuche", "vielfalt.notices.actions.remind_of_end")
        previews.register("vielfalt.notices.emails.samples")
        workspace.register("vielfalt.notices.share.share")
