import logging

from django.apps import AppConfig
from django.conf import settings


class OperationsConfig(AppConfig):
    name = "vielfalt.operations"

    def ready(self) -> None:
        if not settings.DEBUG:
            # They would otherwise be the only lines of a server that are not JSON.
            logging.captureWarnings(True)
