from django.apps import AppConfig

from vielfalt.mail import previews


class AccountsConfig(AppConfig):
    name = "vielfalt.accounts"
    verbose_name = "Konten"

    def ready(self) -> None:
        previews.register("vielfalt.accounts.emails.samples")
