from django.apps import AppConfig

from vielfalt.daily import steps
from vielfalt.mail import previews


class AccountsConfig(AppConfig):
    name = "vielfalt.accounts"
    verbose_name = "Konten"

    def ready(self) -> None:
        steps.register("einladungen", "vielfalt.accounts.actions.remove_expired_invitations")
        previews.register("vielfalt.accounts.emails.samples")
