"""Who wants to be reminded. Account mails never ask here."""

from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

from vielfalt.mail.models import ReminderOptOut

SALT = "vielfalt.mail.unsubscribe"


def wants_reminders(address: str) -> bool:
    """Whether neither the account with this address nor the address itself has switched reminders off."""
    users = get_user_model()._default_manager.filter(email__iexact=address, gets_reminders=False)
    return not (users.exists() or ReminderOptOut.objects.filter(address__iexact=address).exists())


def stop_reminders(address: str) -> None:
    """Switch reminders off, in the account where there is one."""
    if not get_user_model()._default_manager.filter(email__iexact=address).update(gets_reminders=False):
        ReminderOptOut.objects.get_or_create(address=address.lower())


def unsubscribe_path(address: str) -> str:
    """Return the address of the page on which ``address`` switches reminders off, for ever valid."""
    return reverse("mail:unsubscribe", args=[signing.dumps(address, salt=SALT)])


def address_of(token: str) -> str:
    """Return whose token this is; raises ``BadSignature``."""
    return str(signing.loads(token, salt=SALT))
