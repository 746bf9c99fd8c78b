"""What notices contribute to "Mein Bereich"."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vielfalt.accounts.models import User
from vielfalt.listings.workspace import Share, Task
from vielfalt.notices.models import Notice
from vielfalt.notices.querysets import REMIND_BEFORE


def share(user: User) -> Share:
    """Return a task for each notice that ends soon."""
    soon = timezone.localdate() + REMIND_BEFORE
    notices = Notice.objects.editable_by(user).running().filter(ends_on__lte=soon)
    return Share(
        tasks=[
            Task(
                _("„{title}“ endet bald").format(title=notice.title),
                _("Nach dem {day} steht die Anzeige nicht mehr in „Sucht / bietet“.").format(
                    day=date_format(notice.ends_on, "j. F Y")
                ),
                _("Verlängern"),
                reverse("notices:edit", args=[notice.pk]),
                urgency=40,
            )
            for notice in notices
        ]
    )
