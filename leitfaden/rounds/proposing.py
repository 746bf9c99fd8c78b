"""What carriers do with their proposals: write drafts together, submit, improve, withdraw."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.content import Content
from leitfaden.models import Block, BlockVersion, Kind
from leitfaden.rounds.models import (
    Operation,
    Participant,
    Proposal,
    ProposalState,
    ProposalVersion,
    ProposedChange,
    Round,
)
from leitfaden.rounds.moves import NotNowError, clean_reason, locked, locked_round, move, part_merged, require
from leitfaden.rounds.permissions import conducts, require_conductor, require_member, works_for
from leitfaden.rounds.scope import Scope
from leitfaden.rounds.states import TRANSITIONS, out_of_phase
from leitfaden.writing import check_content
from vielfalt.accounts.models import User

MOST_CHANGES = 50
"""Of one proposal."""

MOST_DRAFTS = 100
"""Of one carrier at a time."""

UNSEEN = ""
"""The mark of an author who saw nothing in the draft about what they write."""


class DraftMovedError(Exception):
    """A colleague changed the same place of a shared draft meanwhile. Views answer 409 with both.

    ``theirs`` is what stands in the draft now (``None``: they took it out), ``mine`` what was to be kept.
    """

    def __init__(
        self, *, theirs: ProposedChange | ProposalVersion | None, mine: ProposedChange | ProposalVersion
    ) -> None:
        super().__init__(theirs, mine)
        self.theirs = theirs
        self.mine = mine


@transaction.atomic
def begin(*, round_: Round, participant: Participant, token: UUID | None = None, by: User) -> Proposal:
    """Begin a draft for a carrier: a member for the own one, the staff on behalf of any.

    The same ``token`` twice begins one draft.
    """
    on_behalf = not works_for(by, participant)
    if on_behalf:
        require_conductor(by)
    locked_round(round_)
    if token and (first := Proposal.objects.filter(token=token, participant=participant).first()):
        return first
    drafts = Proposal.objects.filter(participant=participant, state=ProposalState.DRAFT)
    if drafts.count() >= MOST_DRAFTS:
        raise ValidationError(
            _("Ihr Träger hat schon {most} Entwürfe. Bitte verwerfen Sie zuerst einen.").format(most=MOST_DRAFTS)
        )
    proposal = Proposal.objects.create(
        round=round_, participant=participant, author=by, entered_by=by if on_behalf else None, token=token
    )
    if why := out_of_phase(proposal, TRANSITIONS["enter" if on_behalf else "submit"]):
        raise NotNowError(why)
    ProposalVersion.objects.create(proposal=proposal, number=1)
    return proposal


def draft_of(proposal: Proposal) -> ProposalVersion | None:
    """Return the wording of a proposal that is being written, if there is one."""
    return proposal.versions.filter(submitted_at=None).first()


@transaction.atomic
def reopen(*, proposal: Proposal, by: User) -> ProposalVersion:
    """Begin another wording of a submitted proposal, with the changes of the present one, or go on with it."""
    own = _writable(proposal, by)
    if draft := draft_of(own):
        return draft
    action = "reword" if own.state == ProposalState.ADMITTED else "revise"
    if own.state not in TRANSITIONS[action].sources:
        raise NotNowError(_("Dieser Vorschlag lässt sich nicht mehr ändern."))
    if why := out_of_phase(own, TRANSITIONS[action]):
        raise NotNowError(why)
    current = own.current
    assert current is not None  # noqa: S101 - submitted proposals have a wording
    last = own.versions.aggregate(last=Max("number"))["last"]
    draft = ProposalVersion.objects.create(proposal=own, number=last + 1, title=current.title, reason=current.reason)
    changes = list(current.changes.all())
    for change in changes:
        change.pk, change.version = None, draft
        change._state.adding = True
    ProposedChange.objects.bulk_create(changes)
    return draft


@transaction.atomic
def describe(
    *,
    proposal: Proposal,
    title: str,
    reason: str,
    names_author: bool,
    is_editorial: bool,
    mark: str | None = None,
    by: User,
) -> ProposalVersion:
    """Say what the draft is about and why; both may be incomplete until it is submitted.

    ``mark`` is that of what the author saw (``None``: whatever stands there). Only who began the proposal
    consents to being named.
    """
    own = _writable(proposal, by)
    draft = _draft(own)
    present = draft.mark
    draft.title = " ".join(title.replace("\x00", "").split())[:200]
    draft.reason = clean_reason(reason, needed=False)
    if mark is not None and present not in (mark, draft.mark):
        raise DraftMovedError(theirs=draft_of(own), mine=draft)
    draft.save(update_fields=["title", "reason", "updated_at"])
    if own.state == ProposalState.DRAFT:
        own.is_editorial = is_editorial
        own.names_author = names_author if own.author_id == by.pk else own.names_author
        own.save(update_fields=["names_author", "is_editorial", "updated_at"])
    return draft


@transaction.atomic
def keep_wording(
    *, proposal: Proposal, seen: BlockVersion, content: Content, mark: str = UNSEEN, by: User
) -> ProposedChange | None:
    """Keep another wording for the passage that ``by`` saw as ``seen``; ``None`` where it says the same again.

    ``mark`` is that of the change that stood in the draft when the author opened the page, so that
    colleagues do not overwrite each other.
    """
    own = _writable(proposal, by)
    draft = _draft(own)
    scope = Scope(own.round)
    _check_open(scope.is_open(seen.block_id))
    check_content(Kind(seen.block.kind), content)
    known = draft.changes.filter(block=seen.block_id).first()
    operation = Operation.FIELD if (content.title, content.html) == (seen.title, seen.html) else Operation.REPLACE
    change = _change(draft, operation, content, block=seen.block, seen=seen)
    if content == seen.content:
        if known:
            _check_unmoved(known, mark, change)
            known.delete()
        return None
    return _put(known, mark, change)


@transaction.atomic
def keep_insertion(
    *,
    proposal: Proposal,
    kind: Kind,
    content: Content,
    parent: Block | None,
    after: Block | None,
    new_block: UUID | None = None,
    mark: str = UNSEEN,
    by: User,
) -> ProposedChange:
    """Keep a new passage for a place; ``new_block`` names it when it is in the draft already."""
    own = _writable(proposal, by)
    draft = _draft(own)
    _check_open(Scope(own.round).is_open_at(parent and parent.pk, after and after.pk))
    check_content(kind, content)
    known = draft.changes.filter(new_block=new_block).first() if new_block else None
    place: dict[str, Any] = {"new_block": new_block or uuid4(), "kind": kind, "parent": parent, "after": after}
    return _put(known, mark, _change(draft, Operation.INSERT, content, **place))


@transaction.atomic
def keep_removal(*, proposal: Proposal, seen: BlockVersion, mark: str = UNSEEN, by: User) -> ProposedChange:
    """Propose to take a passage out, with all below it; what the author saw in the draft about it is dropped."""
    own = _writable(proposal, by)
    draft = _draft(own)
    _check_open(Scope(own.round).is_open(seen.block_id))
    known = draft.changes.filter(block=seen.block_id).first()
    return _put(known, mark, _change(draft, Operation.REMOVE, block=seen.block, seen=seen))


@transaction.atomic
def keep_move(
    *,
    proposal: Proposal,
    seen: BlockVersion,
    parent: Block | None,
    after: Block | None,
    mark: str = UNSEEN,
    by: User,
) -> ProposedChange:
    """Propose another place for a passage with all below it; what the author saw in the draft about it is dropped."""
    own = _writable(proposal, by)
    draft = _draft(own)
    scope = Scope(own.round)
    _check_open(scope.is_open(seen.block_id) and scope.is_open_at(parent and parent.pk, after and after.pk))
    known = draft.changes.filter(block=seen.block_id).first()
    change = _change(draft, Operation.MOVE, block=seen.block, seen=seen, parent=parent, after=after)
    return _put(known, mark, change)


@transaction.atomic
def drop_change(*, proposal: Proposal, change: ProposedChange, mark: str | None = None, by: User) -> None:
    """Take a change out of the draft; ``mark`` is that of what the author saw (``None``: whatever it says)."""
    known = _draft(_writable(proposal, by)).changes.filter(pk=change.pk).first()
    if known is None:
        return
    if mark not in (None, known.mark):
        raise DraftMovedError(theirs=known, mine=change)
    known.delete()


@transaction.atomic
def discard(*, proposal: Proposal, by: User) -> None:
    """Delete what is only a draft: a whole proposal, or the next wording of a submitted one."""
    own = _writable(proposal, by)
    draft = _draft(own)
    draft.changes.all().delete()
    draft.delete()
    if own.state == ProposalState.DRAFT:
        # What had gone into the proposal that this one was to continue, has gone into that one again.
        own.merged.update(merged_into=own.origin)
        own.delete()


def check_whole(proposal: Proposal, scope: Scope | None = None) -> ProposalVersion:
    """Return the draft if it can be submitted; raise ``ValidationError`` with all that is missing.

    ``scope`` is that of the round, where somebody has its text already.
    """
    draft = _draft(proposal)
    changes = list(draft.changes.select_related("seen__block", "block"))
    missing = []
    if not draft.title:
        missing.append(ValidationError({"title": _("Bitte sagen Sie in wenigen Worten, worum es geht.")}))
    if not draft.reason:
        missing.append(ValidationError({"reason": _("Bitte begründen Sie Ihren Vorschlag in ein, zwei Sätzen.")}))
    if not changes:
        missing.append(ValidationError(_("Noch ändert Ihr Vorschlag nichts. Bitte wählen Sie einen Absatz aus.")))
    if proposal.is_editorial and proposal.state == ProposalState.DRAFT and any(_weighs(one) for one in changes):
        sentence = _("Der Vorschlag ändert mehr als die Sprache: Zahlen, Verbindlichkeit oder den Aufbau.")
        missing.append(ValidationError({"is_editorial": sentence}, code="weighs"))
    if missing:
        raise ValidationError(_flat(missing))
    scope = scope or Scope(proposal.round)
    scope.after([change.as_change() for change in changes])
    # A draft of an earlier round may be about what is not open in this one.
    _check_open(scope.opens(changes))
    return draft


def _flat(errors: list[ValidationError]) -> Any:
    found: dict[str, list[ValidationError]] = {}
    for error in errors:
        error.update_error_dict(found)
    return found


def _weighs(change: ProposedChange) -> bool:
    return change.operation != Operation.REPLACE or bool(change.weights)


@transaction.atomic
def submit(*, proposal: Proposal, scope: Scope | None = None, by: User) -> Proposal:
    """Submit a draft in the name of its carrier. From now on this wording never changes.

    Whoever submits many passes the round's ``scope`` along, so that its text is loaded once.
    """
    return _seal(proposal, "submit", by, scope=scope)


@transaction.atomic
def enter(*, proposal: Proposal, scope: Scope | None = None, by: User) -> Proposal:
    """Enter what came on paper or at a workshop; it counts once the carrier confirms it."""
    return _seal(proposal, "enter", by, scope=scope)


@transaction.atomic
def resubmit(*, proposal: Proposal, reason: str = "", by: User) -> Proposal:
    """Submit another wording: it answers a question, or asks everybody anew who took a position."""
    return _seal(proposal, "", by, reason)


@transaction.atomic
def confirm(*, proposal: Proposal, by: User) -> Proposal:
    """Confirm, as the carrier, what the staff entered on its behalf."""
    return _moved(proposal, "confirm", by)


@transaction.atomic
def answer(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """Answer a question of the staff without another wording."""
    return _moved(proposal, "answer", by, reason)


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str = "", by: User) -> Proposal:
    """Withdraw a proposal that is not decided yet; what was merged into it goes on alone."""
    own = _moved(proposal, "withdraw", by, reason)
    part_merged(own, _("{proposal} wurde zurückgezogen.").format(proposal=own))
    return own


def _seal(proposal: Proposal, action: str, by: User, reason: str = "", *, scope: Scope | None = None) -> Proposal:
    round_ = locked_round(proposal.round)
    own = locked(proposal)
    # What another wording is called depends on whether the staff have admitted the proposal by now.
    action = action or ("reword" if own.state == ProposalState.ADMITTED else "revise")
    require(own, action, by=by)
    draft = check_whole(own, scope)
    draft.submitted_at, draft.submitted_by = timezone.now(), by
    draft.save(update_fields=["submitted_at", "submitted_by"])
    values: dict[str, Any] = {"number": own.number or Proposal.objects.next_number(round_), "current": draft}
    if own.is_editorial and any(_weighs(change) for change in draft.changes.select_related("seen")):
        # A later wording that weighs takes the proposal out of the fast lane for good.
        values["is_editorial"] = False
    move(own, action, by=by, reason=reason, **values)
    return own


def _moved(proposal: Proposal, action: str, by: User, reason: str = "") -> Proposal:
    locked_round(proposal.round)
    own = locked(proposal)
    require(own, action, by=by)
    move(own, action, by=by, reason=reason)
    return own


def _writable(proposal: Proposal, by: User) -> Proposal:
    """Return the proposal for this transaction alone, if ``by`` may write its draft."""
    own = locked(proposal)
    # What the staff entered is the carrier's once it is handed over, and so are all further wordings.
    is_on_behalf = own.entered_by_id is not None and own.state == ProposalState.DRAFT
    if not (is_on_behalf and conducts(by)):
        require_member(by, own.participant)
    return own


def _draft(proposal: Proposal) -> ProposalVersion:
    draft = draft_of(proposal)
    if draft is None:
        raise NotNowError(_("Diese Fassung ist schon eingereicht und ändert sich nicht mehr."))
    return draft


def _check_open(is_open: bool) -> None:
    if not is_open:
        raise ValidationError(_("Dieser Absatz steht in dieser Runde nicht zur Diskussion."), code="not_open")


def _change(
    draft: ProposalVersion, operation: Operation, content: Content | None = None, **values: Any
) -> ProposedChange:
    content = content or Content()
    return ProposedChange(
        version=draft, operation=operation, title=content.title, html=content.html, fields=content.fields, **values
    )


def _check_unmoved(known: ProposedChange | None, mark: str, change: ProposedChange) -> None:
    """Refuse to overwrite what the author did not see, unless it says the same."""
    present = known.mark if known else UNSEEN
    if present not in (mark, change.mark):
        raise DraftMovedError(theirs=known, mine=change)


def _put(known: ProposedChange | None, mark: str, change: ProposedChange) -> ProposedChange:
    """Keep a change in the place of what the draft says about the passage."""
    _check_unmoved(known, mark, change)
    draft = change.version
    if known:
        change.pk, change.position = known.pk, known.position
    else:
        change.position = _next_position(draft)
    change.save(force_insert=known is None, force_update=known is not None)
    draft.save(update_fields=["updated_at"])
    return change


def _next_position(draft: ProposalVersion) -> int:
    if draft.changes.count() >= MOST_CHANGES:
        raise ValidationError(
            _("Ein Vorschlag ändert höchstens {most} Absätze. Bitte teilen Sie ihn auf.").format(most=MOST_CHANGES)
        )
    last: int | None = draft.changes.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
