"""Writing mails, cleaning up after them, and forgetting people.

Each mail of the portal is one function in the ``emails.py`` of its app, which calls ``send``.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from vielfalt.mail import forgetting
from vielfalt.mail.kinds import KIND_HEADER, Kind
from vielfalt.mail.models import Delivery, ReminderOptOut
from vielfalt.mail.preferences import unsubscribe_path, wants_reminders
from vielfalt.mail.rendering import render
from vielfalt.mail.tasks import deliver

_is_silent = ContextVar("is_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Let nothing be sent meanwhile: what demo data make happen concerns nobody."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


def send(*, template: str, to: str, context: Mapping[str, Any], kind: Kind = Kind.ACCOUNT, reply_to: str = "") -> bool:
    """Queue the mail ``template`` for ``to``; it goes out once the present transaction is committed.

    Returns whether it was queued: reminders are not, for people who have switched them off; and nothing in ``silence``.
    """
    if _is_silent.get():
        return False
    headers = {KIND_HEADER: kind.value}
    values = dict(context)
    if kind == Kind.REMINDER:
        if not wants_reminders(to):
            return False
        values["unsubscribe_url"] = settings.PORTAL_URL + unsubscribe_path(to)
        headers["List-Unsubscribe"] = f"<{values['unsubscribe_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = render(template, values)
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[to], reply_to=[reply_to] if reply_to else None, headers=headers
    )
    message.attach_alternative(mail.html, "text/html")
    message.send()
    return True


def clean_up(day: date) -> str:
    """Remove old contents, then old rows, then records of finished tasks; send what was left lying."""
    now = timezone.now()
    aged = Delivery.objects.older_than(now - timedelta(days=settings.MAIL_CONTENT_DAYS)).with_content()
    emptied = aged.without_content()
    removed = Delivery.objects.older_than(now - timedelta(days=settings.MAIL_LOG_DAYS)).delete()[1]
    if deliver.get_backend().supports_get_result:
        call_command("prune_db_task_results", verbosity=0)
    if Delivery.objects.waiting().exists():
        deliver.enqueue()
    return _("{emptied} Inhalte und {removed} Einträge im Postbuch entfernt.").format(
        emptied=emptied, removed=removed.get("post_office.Email", 0) + removed.get("mail.Delivery", 0)
    )


def forget(*, address: str) -> None:
    """Remove every trace of ``address``, for whoever deletes an account."""
    Delivery.objects.to_address(address).delete()
    ReminderOptOut.objects.filter(address__iexact=address).delete()
    for path in forgetting.registered():
        import_string(path)(address)
