"""What there is to do for members: questions of the centre, and what each of their entries still needs."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from vielfalt.accounts.models import User
from vielfalt.listings.models import ChangeRequest, Organisation, RequestState, State
from vielfalt.listings.public import strand_of
from vielfalt.listings.workspace.completeness import Item, percentage
from vielfalt.listings.workspace.keeping import Keeping, page_url
from vielfalt.listings.workspace.shares import Place, Share, Task

MOST_GAPS = 2
"""No wall of tasks: the most important gaps of an entry, the rest stands on its page."""


def questions(user: User) -> Share:
    """Return what the centre asked about requests of ``user``, whichever domain they concern."""
    waiting = ChangeRequest.objects.of(user).filter(state=RequestState.QUESTION)
    return Share(
        tasks=[
            Task(
                _("Rückfrage zu „{name}“").format(name=request.target_name),
                _("Das Kompetenzzentrum braucht noch eine Antwort von Ihnen."),
                _("Antworten"),
                reverse("listings:own_request", args=[request.pk]),
                urgency=10,
            )
            for request in waiting
        ]
    )


def share_of_organisations(keeping: Keeping, user: User) -> Share:
    """Return the tasks and places of one kind of organisations, in a fixed number of queries."""
    result = Share()
    for organisation in keeping.editable_by(user).for_workspace():
        items = keeping.items(organisation)
        result.places.append(_place(organisation, items))
        result.tasks += [
            *_freshness(organisation),
            *_drafts(organisation, keeping.parts_of(organisation)),
            *_gaps(organisation, items),
        ]
    return result


def _place(organisation: Organisation, items: list[Item]) -> Place:
    return Place(
        name=organisation.name,
        kind=str(organisation._meta.verbose_name),
        strand=strand_of(organisation),
        url=page_url(organisation, "mine"),
        complete=percentage(items),
    )


def _gaps(organisation: Organisation, items: list[Item]) -> list[Task]:
    gaps = [item for item in items if not item.is_there]
    return [
        Task(
            f"{organisation.name}: {', '.join(filter(None, [gap.about, str(gap.label)]))}",
            str(gap.reason),
            _("Ergänzen"),
            gap.url,
            urgency=60,
        )
        for gap in gaps[:MOST_GAPS]
    ]


def _freshness(organisation: Organisation) -> list[Task]:
    if organisation.state != State.PUBLISHED or organisation.is_fresh:
        return []
    return [
        Task(
            _("Stimmt „{name}“ noch?").format(name=organisation.name),
            _("Der Eintrag wurde lange nicht bestätigt. Bitte sehen Sie ihn einmal durch."),
            _("Ansehen und bestätigen"),
            page_url(organisation, "mine"),
            urgency=20,
        )
    ]


def _drafts(organisation: Organisation, parts: Iterable) -> list[Task]:
    return [
        Task(
            _("Entwurf „{title}“").format(title=entry),
            _("Noch sieht ihn niemand. Ergänzen Sie, was fehlt, und bitten Sie um Veröffentlichung."),
            _("Fertigstellen"),
            page_url(organisation, "mine"),
            urgency=40,
        )
        for entry in (organisation, *parts)
        if entry.state == State.DRAFT
    ]
