from django.apps import AppConfig
from django.core.checks import register

from vielfalt.documents.checks import pango_is_there


class DocumentsConfig(AppConfig):
    name = "vielfalt.documents"
    verbose_name = "Dokumente"

    def ready(self) -> None:
        register(pango_is_there)
