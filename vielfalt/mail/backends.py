"""Where every mail of Django goes: into the queue, in the same transaction as what it tells of."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from post_office.backends import EmailBackend as PostOfficeBackend
from post_office.models import PRIORITY, STATUS, Email

from vielfalt.mail.kinds import KIND_HEADER, Kind
from vielfalt.mail.tasks import deliver

# RFC 3834: asks other programs not to answer.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


class QueueBackend(PostOfficeBackend):
    """Writes mails into the queue; a task sends them once the transaction is committed.

    The backend that comes with the queue runs each text through the template engine once more, so
    that what somebody typed into a form could be executed there. This one stores texts as they are.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                _queue(message)
            if email_messages:
                transaction.on_commit(_start_delivery)
        return len(email_messages)


def _queue(message: EmailMessage) -> Email:
    if message.attachments:
        raise ValueError("The queue keeps no attachments: link to what people should see.")
    headers: dict[str, Any] = {KIND_HEADER: Kind.ACCOUNT.value, **AUTOMATIC, **message.extra_headers}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(message.reply_to)
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    html = next((str(one.content) for one in alternatives if one.mimetype == "text/html"), "")
    return Email.objects.create(
        from_email=message.from_email,
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        subject=str(message.subject),
        message=str(message.body),
        html_message=html,
        headers=headers,
        priority=PRIORITY.medium,
        status=STATUS.queued,
    )


def _start_delivery() -> None:
    deliver.enqueue()
