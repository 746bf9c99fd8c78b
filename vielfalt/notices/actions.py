"""What happens to notices."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vielfalt.accounts.models import User
from vielfalt.listings.holders import key_of
from vielfalt.listings.models import Organisation, organisation_models
from vielfalt.locks import lock_for_transaction
from vielfalt.notices import emails
from vielfalt.notices.models import Notice

MOST_RUNNING = 20
"""So many notices an organisation may have at once; a list of more helps nobody."""


@transaction.atomic
def publish(*, notice: Notice, organisation: Organisation, form_token: UUID | None) -> Notice:
    """Publish a new notice of ``organisation``; sending the same form twice publishes it once.

    Raises ``ValidationError`` where the organisation has ``MOST_RUNNING`` already.
    """
    lock_for_transaction(f"notices {key_of(organisation)}")
    if form_token and (first := Notice.objects.filter(form_token=form_token).first()):
        return first
    if Notice.objects.of(organisation).running().count() >= MOST_RUNNING:
        raise ValidationError(
            _("Mehr als {most} Anzeigen auf einmal liest niemand. Bitte beenden Sie zuerst eine andere.").format(
                most=MOST_RUNNING
            )
        )
    notice.organisation, notice.form_token = organisation, form_token
    notice.save()
    return notice


@transaction.atomic
def end(*, notice: Notice) -> None:
    """Take a running notice from the public pages; its organisation can prolong it again."""
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if locked.is_running:
        locked.ends_on = timezone.localdate() - timedelta(days=1)
        locked.save(update_fields=["ends_on", "updated_at"])


@transaction.atomic
def tell_of_withholding(*, notice: Notice) -> None:
    """Tell the organisation's people that the centre withholds a notice, and why."""
    for address in people_of(notice):
        emails.send_withheld(to=address, notice=notice)


@transaction.atomic
def remind_of_end(day: date) -> str:
    """Tell people once, as a step of the day, which of their notices end soon."""
    ending: dict[str, list[Notice]] = defaultdict(list)
    notices = list(Notice.objects.select_for_update(of=("self",)).ending_soon(day).for_cards())
    for notice in notices:
        for address in people_of(notice):
            ending[address].append(notice)
    sent = sum(emails.send_ending(to=address, notices=own) for address, own in sorted(ending.items()))
    for notice in notices:
        notice.told_of_end = notice.ends_on
    Notice.objects.bulk_update(notices, ["told_of_end"])
    return ngettext("%d Mail zu endenden Anzeigen.", "%d Mails zu endenden Anzeigen.", sent) % sent


def people_of(notice: Notice) -> list[str]:
    """Return the addresses of those who look after the organisation of ``notice`` and can log in."""
    organisation: Any = notice.organisation
    teams = organisation.teams
    return sorted({address for team in teams for address in team.active().values_list("user__email", flat=True)})


def organisations_of(user: User) -> list[Organisation]:
    """Return the organisations for which ``user`` may publish notices, by name."""
    found = [one for model in organisation_models() for one in model.objects.editable_by(user).defer("search")]
    return sorted(found, key=lambda one: one.sort_key)
