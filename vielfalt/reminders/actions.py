"""Asking people whether their entries are still right."""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vielfalt.reminders.emails import send_digest
from vielfalt.reminders.models import QuietTime, Reminder
from vielfalt.reminders.people import Due, due

KEPT_FOR = timedelta(days=730)


@transaction.atomic
def remind(day: date) -> str:
    """Send each person one digest of what is due, unless it is quiet or the last one was sent lately."""
    Reminder.objects.filter(sent_on__lt=day - KEPT_FOR).delete()
    if quiet := QuietTime.objects.on(day).first():
        return _("Ruhezeit: {reason}.").format(reason=quiet)
    asked_lately = set(Reminder.objects.within_pause(day).values_list("address", flat=True))
    digests: dict[str, list[Due]] = defaultdict(list)
    for one in due(day):
        for address in one.people:
            if address not in asked_lately:
                digests[address].append(one)
    sent = 0
    for address, entries in sorted(digests.items()):
        if send_digest(to=address, entries=entries):
            Reminder.objects.bulk_create(
                Reminder(kind=one.entry._meta.label_lower, object_id=one.entry.pk, address=address, sent_on=day)
                for one in entries
            )
            sent += 1
    return ngettext("%d Erinnerung verschickt.", "%d Erinnerungen verschickt.", sent) % sent


def report_gone(*, entry: Model, address: str) -> bool:
    """Note that ``address`` says that ``entry`` no longer exists; the staff then decide.

    Returns whether there was a reminder to answer.
    """
    asked = Reminder.objects.about(type(entry)).filter(object_id=entry.pk, address=address)
    latest = asked.order_by("-sent_on").values("pk")[:1]
    return bool(Reminder.objects.filter(pk__in=latest).update(said_gone_on=timezone.localdate()))


def forget(address: str) -> None:
    """Remove an address from the record of reminders."""
    Reminder.objects.filter(address__iexact=address).delete()
