"""What "Mein Bereich" shows of a round: one line for each thing that waits."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitfaden.rounds.models import Phase, Proposal
from leitfaden.rounds.writing.standing import Standing
from vielfalt.accounts.models import User
from vielfalt.listings.workspace.shares import Share, Task


def share(user: User) -> Share:
    """Return the tasks of ``user`` in the round that runs, in a fixed number of queries."""
    standing = Standing(user)
    if not (standing.is_running and standing.carriers):
        return Share()
    return Share(tasks=[*_questions(standing), *_entries(standing), *_positions(standing), *_writing(standing)])


def _questions(standing: Standing) -> Iterator[Task]:
    for proposal in standing.questions:
        yield Task(
            _("Rückfrage zu {name}").format(name=_named(proposal)),
            _("Die Redaktion des Leitfadens braucht noch eine Antwort von Ihnen."),
            _("Antworten"),
            reverse("rounds:own_move", args=[proposal.pk, "antworten"]),
            urgency=10,
        )


def _entries(standing: Standing) -> Iterator[Task]:
    for proposal in standing.entries:
        yield Task(
            _("Stimmt {name}?").format(name=_named(proposal)),
            _("Die Redaktion hat ihn für Sie eingetragen. Er zählt, sobald Sie ihn bestätigen."),
            _("Ansehen und bestätigen"),
            reverse("rounds:own_move", args=[proposal.pk, "bestaetigen"]),
            urgency=12,
        )


def _positions(standing: Standing) -> Iterator[Task]:
    number = len(standing.asked)
    if number:
        title = ngettext("Zu %d Vorschlag fehlt Ihre Position", "Zu %d Vorschlägen fehlt Ihre Position", number)
        yield Task(title % number, standing.sentence, _("Ansehen"), _mine("positionen"), urgency=25)
    waiting = len(standing.unconfirmed)
    if waiting:
        title = ngettext("%d Position bestätigen", "%d Positionen bestätigen", waiting)
        reason = _("Die Redaktion hat sie für Sie eingetragen. Sie zählen, sobald Sie sie bestätigen.")
        yield Task(title % waiting, reason, _("Ansehen"), _mine("bestaetigen"), urgency=14)


def _writing(standing: Standing) -> Iterator[Task]:
    if standing.phase not in (Phase.COLLECT, Phase.DISCUSS):
        return
    drafts = [one for one in standing.drafts if standing.phase == Phase.COLLECT or one.proposal.current_id]
    for draft in drafts[:2]:
        title = draft.title or _("ohne Titel")
        name = _("Entwurf zum Leitfaden: {title}").format(title=title)
        address = reverse("rounds:draft", args=[draft.proposal_id])
        yield Task(name, standing.sentence, _("Fertigstellen"), address, urgency=30)
    if standing.phase == Phase.COLLECT and not drafts:
        yield Task(_("Am Leitfaden mitschreiben"), standing.sentence, _("Ansehen"), reverse("rounds:mine"), urgency=55)


def _named(proposal: Proposal) -> str:
    return _("Vorschlag {number} „{title}“").format(number=proposal.number, title=proposal.title)


def _mine(place: str) -> str:
    return f"{reverse('rounds:mine')}#{place}"
