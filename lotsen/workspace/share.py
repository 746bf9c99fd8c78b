"""What the carrier network contributes to "Mein Bereich"."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lotsen.models import Carrier
from lotsen.workspace.completeness import Item, items, percentage
from vielfalt.accounts.models import User
from vielfalt.listings.freshness import fresh_since
from vielfalt.listings.models import ChangeRequest, RequestState, State
from vielfalt.listings.workspace import Place, Share, Task

MOST_GAPS = 2
"""No wall of tasks: the most important gaps of an entry, the rest stands on its page."""


def share(user: User) -> Share:
    """Return the tasks and carriers of a member, in a fixed number of queries."""
    carriers = list(Carrier.objects.filter(memberships__user=user).for_workspace())
    result = Share(tasks=_questions(user))
    for carrier in carriers:
        parts = items(carrier)
        url = reverse("lotsen:my_carrier", args=[carrier.slug])
        result.places.append(Place(carrier.name, str(carrier._meta.verbose_name), url, percentage(parts)))
        gaps = [part for part in parts if not part.is_there]
        result.tasks += [*_freshness(carrier), *_drafts(carrier), *(_gap(carrier, gap) for gap in gaps[:MOST_GAPS])]
    return result


def _gap(carrier: Carrier, gap: Item) -> Task:
    title = ", ".join(filter(None, [gap.about, str(gap.label)]))
    return Task(f"{carrier.name}: {title}", str(gap.reason), _("Ergänzen"), gap.url, urgency=60)


def _questions(user: User) -> list[Task]:
    waiting = ChangeRequest.objects.of(user).filter(state=RequestState.QUESTION)
    return [
        Task(
            _("Rückfrage zu „{name}“").format(name=request.target_name),
            _("Das Kompetenzzentrum braucht noch eine Antwort von Ihnen."),
            _("Antworten"),
            reverse("listings:own_request", args=[request.pk]),
            urgency=10,
        )
        for request in waiting
    ]


def _freshness(carrier: Carrier) -> list[Task]:
    if carrier.state != State.PUBLISHED or (carrier.confirmed_on and carrier.confirmed_on >= fresh_since()):
        return []
    return [
        Task(
            _("Stimmt „{name}“ noch?").format(name=carrier.name),
            _("Der Eintrag wurde lange nicht bestätigt. Bitte sehen Sie ihn einmal durch."),
            _("Ansehen und bestätigen"),
            reverse("lotsen:my_carrier", args=[carrier.slug]),
            urgency=20,
        )
    ]


def _drafts(carrier: Carrier) -> list[Task]:
    drafts = [one for one in carrier.programmes.all() if one.state == State.DRAFT]
    if carrier.state == State.DRAFT:
        drafts = [carrier, *drafts]
    return [
        Task(
            _("Entwurf „{title}“").format(title=entry),
            _("Noch sieht ihn niemand. Ergänzen Sie, was fehlt, und bitten Sie um Veröffentlichung."),
            _("Fertigstellen"),
            reverse("lotsen:my_carrier", args=[carrier.slug]),
            urgency=40,
        )
        for entry in drafts
    ]
