"""The steps of the day about rounds: phases that have begun, deadlines, news, and results.

Each looks at what is the case and notes, in the transaction that queues the mails, what it told of. So a day that
is missed does no harm, and of two that run at once one waits and then finds nothing to tell.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitfaden.models import Edition
from leitfaden.rounds import emails
from leitfaden.rounds.ledger.editions import edition_of, former_of
from leitfaden.rounds.models import (
    Announcement,
    Occasion,
    Participant,
    Phase,
    Position,
    Proposal,
    ProposalState,
    ProposalVersion,
    Remark,
    Round,
    RoundState,
)
from leitfaden.rounds.outcomes import outcomes_in
from leitfaden.rounds.people import people_of
from leitfaden.rounds.voting import takes_positions
from vielfalt.accounts.models import User
from vielfalt.listings.links import absolute

BEGUN = {Phase.DISCUSS: Occasion.DISCUSS, Phase.VOTE: Occasion.VOTE}
AHEAD = ((Occasion.DAY, timedelta(days=1)), (Occasion.WEEK, timedelta(days=7)))
"""How long before a phase ends people are reminded, the shortest first."""


@transaction.atomic
def tell_of_phases(day: date) -> str:
    """Ask carriers once for the positions that are missing when a phase begins in which they take them."""
    sent = 0
    for round_ in _running():
        phase = round_.phase
        if phase in BEGUN and _is_first(round_, BEGUN[phase], dict(round_.begins)[phase]):
            sent += _ask_for_positions(round_)
    return ngettext("%d Mail zu einer neuen Phase.", "%d Mails zu einer neuen Phase.", sent) % sent


@transaction.atomic
def remind(day: date) -> str:
    """Remind carriers a week and a day before a phase ends of what can be done until then only, once each."""
    sent = 0
    for round_ in _running():
        phase, until = round_.phase, round_.ends_at(round_.phase)
        occasion = _due(round_, phase, until, day) if until else None
        if until and occasion and _is_first(round_, occasion, until):
            for user, waiting in _waiting(round_, phase).items():
                sent += emails.send_deadline(round_=round_, phase=phase, until=until, waiting=waiting, to=user)
    return ngettext("%d Mail zu einer Frist.", "%d Mails zu einer Frist.", sent) % sent


@transaction.atomic
def tell_of_results(day: date) -> str:
    """Write to all who took part in a round once the edition that came of it is published."""
    sent = 0
    concluded = Round.objects.filter(state=RoundState.CONCLUDED, told_at=None).order_by("pk")
    for round_ in concluded.select_for_update(of=("self",), no_key=True).select_related("document", "result"):
        edition = edition_of(round_)
        if edition is not None:
            sent += _tell_of_result(round_, edition)
            round_.told_at = timezone.now()
            round_.save(update_fields=["told_at"])
    return ngettext("%d Mail zum Ergebnis einer Runde.", "%d Mails zum Ergebnis einer Runde.", sent) % sent


def _running() -> list[Round]:
    # Whoever prolongs or concludes a round meanwhile waits, so that no mail names a time that is no more.
    return list(Round.objects.running().select_for_update(of=("self",), no_key=True).order_by("pk"))


def _is_first(round_: Round, occasion: Occasion, moment: datetime) -> bool:
    """Note that people are written to on an occasion; whether nobody had before."""
    _announcement, is_new = Announcement.objects.get_or_create(round=round_, occasion=occasion, moment=moment)
    return bool(is_new)


def _due(round_: Round, phase: Phase, until: datetime, day: date) -> Occasion | None:
    """Return how near the end of a phase is. Who was written to a moment ago, as it began, is left in peace."""
    begin = dict(round_.begins).get(phase)
    left = timezone.localtime(until).date() - day
    for occasion, ahead in AHEAD:
        if left <= ahead:
            is_long = begin is not None and until - begin >= 2 * ahead
            return occasion if is_long else None
    return None


def missing_positions(round_: Round, participants: Iterable[Participant]) -> dict[Participant, int]:
    """Return how many positions carriers could take at this moment and have not; without those that lack none."""
    admitted = Proposal.objects.filter(round=round_).admitted().select_related("current", "round")
    wordings = {one.current_id for one in admitted if takes_positions(one)}
    taken = defaultdict(set)
    for participant, version in Position.objects.filter(version__in=wordings).values_list("participant", "version"):
        taken[participant].add(version)
    numbers = {one: len(wordings - taken[one.pk]) for one in participants}
    return {participant: number for participant, number in numbers.items() if number}


def _ask_for_positions(round_: Round) -> int:
    missing = missing_positions(round_, _participants(round_))
    return sum(
        emails.send_positions_wanted(round_=round_, wanted=[(one.name, missing[one]) for one in participants], to=user)
        for user, participants in people_of(missing, leading=True).items()
    )


def _participants(round_: Round) -> list[Participant]:
    return list(round_.participants.select_related("content_type"))


def _waiting(round_: Round, phase: Phase) -> dict[User, list[str]]:
    """Return, for everybody who can do something about it, what is not done yet, in words."""
    team: dict[Participant, list[str]] = defaultdict(list)
    leads: dict[Participant, list[str]] = defaultdict(list)
    participants = {one.pk: one for one in _participants(round_)}
    if phase in (Phase.COLLECT, Phase.DISCUSS):
        for proposal in _unfinished(round_, phase):
            team[participants[proposal.participant_id]].append(_unfinished_words(proposal))
    if phase == Phase.DISCUSS:
        for proposal in Proposal.objects.filter(round=round_, state=ProposalState.UNCONFIRMED).select_related(
            "current"
        ):
            words = _("{proposal} wartet auf Ihre Bestätigung.").format(proposal=emails.named(proposal))
            leads[participants[proposal.participant_id]].append(words)
    if phase == Phase.VOTE:
        for participant, number in missing_positions(round_, participants.values()).items():
            leads[participant].append(_missing_words(participant, number))
    found: dict[User, list[str]] = defaultdict(list)
    for words_of, leading in ((team, False), (leads, True)):
        for user, own in people_of(words_of, leading=leading).items():
            found[user] += [words for participant in own for words in words_of[participant]]
    return found


def _unfinished(round_: Round, phase: Phase) -> Iterable[Proposal]:
    """The drafts that can be submitted in this phase for the last time, and questions nobody has answered.

    What the staff write on behalf of a carrier is not its draft yet.
    """
    proposals = Proposal.objects.filter(round=round_).select_related("current").order_by("pk")
    if phase == Phase.COLLECT:
        return proposals.filter(state=ProposalState.DRAFT, entered_by=None)
    written = Exists(ProposalVersion.objects.filter(proposal=OuterRef("pk"), submitted_at=None))
    submitted = (ProposalState.SUBMITTED, ProposalState.ADMITTED)
    return proposals.filter(Q(written, state__in=submitted) | Q(state=ProposalState.QUESTION))


def _unfinished_words(proposal: Proposal) -> str:
    if proposal.state == ProposalState.DRAFT:
        draft = proposal.versions.filter(submitted_at=None).first()
        title = draft.title if draft and draft.title else _("ohne Titel")
        return _("Ihr Entwurf „{title}“ ist noch nicht eingereicht.").format(title=title)
    if proposal.state == ProposalState.QUESTION:
        return _("Zu {proposal} wartet eine Rückfrage auf Antwort.").format(proposal=emails.named(proposal))
    return _("Die neue Fassung von {proposal} ist noch nicht eingereicht.").format(proposal=emails.named(proposal))


def _missing_words(participant: Participant, number: int) -> str:
    words = ngettext(
        "Von {carrier} fehlt die Position zu %d Vorschlag.",
        "Von {carrier} fehlen die Positionen zu %d Vorschlägen.",
        number,
    )
    return (words % number).format(carrier=participant.name)


def took_part(round_: Round) -> list[Participant]:
    """Return the carriers that proposed, alone or with others, took a position, or talked along."""
    proposed = Proposal.objects.filter(participant=OuterRef("pk")).submitted().exclude(state=ProposalState.UNCONFIRMED)
    voiced = Position.objects.filter(participant=OuterRef("pk"), is_confirmed=True)
    said = Remark.objects.filter(participant=OuterRef("pk"))
    active = Q(Exists(proposed)) | Q(Exists(voiced)) | Q(Exists(said))
    return list(round_.participants.filter(active).select_related("content_type"))


def _tell_of_result(round_: Round, edition: Edition) -> int:
    # Of the first edition nothing is new: it is read from its beginning.
    page, label = ("rounds:news", _("Was ist neu?")) if former_of(edition) else ("leitfaden:book", _("Ausgabe lesen"))
    links = {"link": _address(page, edition), "label": label, "decisions": _address("rounds:ledger", edition)}
    outcomes = outcomes_in(round_)
    people = people_of(took_part(round_))
    for user, participants in people.items():
        own = [one for one in outcomes if one.proposal.participant in participants]
        emails.send_result(round_=round_, edition=edition, links=links, outcomes=own, to=user)
    return len(people)


def _address(page: str, edition: Edition) -> str:
    return absolute(reverse(page, kwargs={"edition": edition.slug}))
