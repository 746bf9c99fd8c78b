from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vielfalt.accounts"
    verbose_name = "Konten"
