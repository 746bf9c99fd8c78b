"""The real queue in front of a mailbox in memory."""

import pytest
from django.core import mail


@pytest.fixture
def queue(settings, django_capture_on_commit_callbacks):
    """Mails are queued as in production; call it to do what happens after a commit."""
    settings.MAILERS = {
        "default": {"BACKEND": "vielfalt.mail.backends.QueueBackend"},
        "delivery": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    mail.outbox.clear()
    return lambda: django_capture_on_commit_callbacks(execute=True)
