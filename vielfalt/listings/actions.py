"""What happens to change requests. Each action is one transaction; mails go out when it is through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vielfalt.accounts.models import User
from vielfalt.listings import emails
from vielfalt.listings.models import ChangeRequest, InternalNote, RequestState, Step
from vielfalt.listings.proposals import Conflict, Values, conflicts, form_for_change, plain
from vielfalt.listings.recording import REVIEW, changes_by
from vielfalt.listings.registry import model_of, reviewed
from vielfalt.listings.review import TRANSITIONS, no_reviewer, why_not


class NotAllowedError(Exception):
    """Somebody may not do this, or not any more; the message says why and can be shown."""


class ConflictError(Exception):
    """The entry has changed since the author looked at it, and nobody has decided what shall be true."""

    def __init__(self, found: list[Conflict]) -> None:
        super().__init__(", ".join(conflict.label for conflict in found))
        self.conflicts = found


@dataclass(frozen=True)
class Decision:
    """What the reviewer wants of a field that has changed in the meantime, and which value they saw there."""

    take_proposal: bool
    seen: Any


@dataclass(frozen=True)
class Sender:
    """Who makes a request: an account, or an address that has to be confirmed first."""

    user: User | None = None
    email: str = ""
    network: str = field(default="", kw_only=True)
    """Where the message came from, as ``senders.network_of`` says it."""
    form_token: UUID | None = field(default=None, kw_only=True)
    """Comes with the form, so that a double click writes once."""


def submit_change(
    *, entry: Model, proposed: Mapping[str, Any], base: Values, by: Sender, message: str = ""
) -> ChangeRequest:
    """Propose other values for risky fields of ``entry``; ``base`` is what the author saw (``values_of``).

    The public entry stays as it is. Raises ``ValidationError`` for values that the domain's form
    refuses, and where nothing would change.
    """
    values = {name: value for name, value in plain(proposed).items() if value != base.get(name)}
    if unknown := values.keys() - set(reviewed(type(entry)).risky_fields):
        raise ValueError(f"Not reviewed: {', '.join(sorted(unknown))}.")
    if not values:
        raise ValidationError(_("Es hat sich nichts geändert."))
    form = form_for_change(entry, values)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return _receive(
        ChangeRequest(
            kind=ChangeRequest.Kind.CHANGE,
            proposed=values,
            base={name: base.get(name) for name in values},
            message=message,
            **_about(entry),
        ),
        by,
    )


def submit_new(
    *, model: type[Model], name: str, proposed: Mapping[str, Any], by: Sender, message: str = ""
) -> ChangeRequest:
    """Propose a new entry; the caller has checked the values with the domain's ``new_form``."""
    return _receive(
        ChangeRequest(
            kind=ChangeRequest.Kind.NEW,
            target_kind=model._meta.label_lower,
            target_name=_one_line(name),
            proposed=plain(proposed),
            message=message,
        ),
        by,
    )


def report_error(*, entry: Model, message: str, by: Sender) -> ChangeRequest:
    """Tell the centre that something in ``entry`` is wrong."""
    return _receive(ChangeRequest(kind=ChangeRequest.Kind.ERROR, message=message, **_about(entry)), by)


def _about(entry: Model) -> dict[str, Any]:
    return {"target_kind": entry._meta.label_lower, "target_id": entry.pk, "target_name": _one_line(str(entry))}


def _one_line(name: str) -> str:
    """Names become subjects of mails, which have no line breaks."""
    return " ".join(name.split())[:200]


@transaction.atomic
def _receive(request: ChangeRequest, by: Sender) -> ChangeRequest:
    request.author, request.form_token = by.user, by.form_token
    if by.user is None:
        request.author_email, request.sender_network = by.email, by.network
        request.state = RequestState.UNCONFIRMED
    else:
        request.state, request.submitted_at = RequestState.SUBMITTED, timezone.now()
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        first = ChangeRequest.objects.filter(form_token=by.form_token).exclude(form_token=None).first()
        if first is None:
            raise
        return first
    if by.user is None:
        emails.send_confirm_address(request)
    return request


@transaction.atomic
def confirm_sender(*, request: ChangeRequest) -> ChangeRequest:
    """Take note that the address belongs to the sender; only now the centre sees the request."""
    return _move(request, "confirm", by=None)


@transaction.atomic
def ask(*, request: ChangeRequest, reason: str, by: User) -> ChangeRequest:
    """Ask the author something."""
    moved = _move(request, "ask", by=by, reason=reason)
    emails.send_question(moved, reason)
    return moved


@transaction.atomic
def answer(*, request: ChangeRequest, reason: str, by: User | None) -> ChangeRequest:
    """Answer a question; ``None`` is an author whom the link in a mail has let in."""
    return _move(request, "answer", by=by, reason=reason)


@transaction.atomic
def withdraw(*, request: ChangeRequest, by: User | None, reason: str = "") -> ChangeRequest:
    """Take a request back."""
    return _move(request, "withdraw", by=by, reason=reason)


@transaction.atomic
def reject(*, request: ChangeRequest, reason: str, by: User) -> ChangeRequest:
    """Decide against a request and tell the author why."""
    moved = _move(request, "reject", by=by, reason=reason)
    emails.send_rejected(moved, reason)
    return moved


@transaction.atomic
def accept(
    *, request: ChangeRequest, by: User, reason: str = "", decisions: Mapping[str, Decision] | None = None
) -> ChangeRequest:
    """Carry out what a request proposes, on the entry as it is now.

    Raises ``ValidationError`` where the domain's form no longer allows it, and ``ConflictError``
    for fields that have changed since the author saw them, unless ``decisions`` says what shall
    be true; a decision about another value than the present one does not count.
    """
    moved = _move(request, "accept", by=by, reason=reason)
    with changes_by(by, via=REVIEW):
        match moved.kind:
            case ChangeRequest.Kind.CHANGE:
                _carry_out_change(moved, by=by, decisions=decisions or {})
            case ChangeRequest.Kind.NEW:
                _carry_out_new(moved, by=by)
    emails.send_accepted(moved, reason)
    return moved


def _carry_out_change(request: ChangeRequest, *, by: User, decisions: Mapping[str, Decision]) -> None:
    model = model_of(request.target_kind)
    entry = model._base_manager.select_for_update(of=("self",)).filter(pk=request.target_id).first()
    if entry is None:
        raise NotAllowedError(_("Den Eintrag gibt es nicht mehr. Bitte lehnen Sie den Antrag ab."))
    found = conflicts(request, entry)
    undecided = [
        conflict
        for conflict in found
        if conflict.name not in decisions or decisions[conflict.name].seen != conflict.current_value
    ]
    if undecided:
        raise ConflictError(found)
    kept = {conflict.name for conflict in found if not decisions[conflict.name].take_proposal}
    taken = {name: value for name, value in request.proposed.items() if name not in kept}
    form = form_for_change(entry, taken)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    _finish(request, form.save(), set(taken), by=by)


def _carry_out_new(request: ChangeRequest, *, by: User) -> None:
    form = reviewed(request.target_kind).new_form(request.proposed)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    entry = form.save()
    request.target_id = entry.pk
    request.save(update_fields=["target_id"])
    _finish(request, entry, set(request.proposed), by=by)


def _finish(request: ChangeRequest, entry: Model, changed: set[str], *, by: User) -> None:
    if carried_out := reviewed(request.target_kind).carried_out:
        carried_out(entry=entry, changed=changed, request=request, by=by)


def _move(request: ChangeRequest, action: str, *, by: User | None, reason: str = "") -> ChangeRequest:
    """Move a request on; whoever comes second waits here, and then sees that it is no longer open."""
    locked = ChangeRequest.objects.select_for_update(of=("self",)).select_related("author").get(pk=request.pk)
    transition = TRANSITIONS[action]
    if refusal := why_not(locked, action, by=by):
        raise NotAllowedError(refusal)
    if transition.needs_reason and not reason.strip():
        raise ValidationError({"reason": _("Bitte schreiben Sie dazu, warum.")})
    locked.state = transition.target
    if action == "confirm":
        locked.submitted_at = timezone.now()
    locked.save(update_fields=["state", "submitted_at"])
    Step.objects.create(request=locked, action=action, reason=reason.strip(), side=transition.side, by=by)
    return locked


@transaction.atomic
def note(*, request: ChangeRequest, text: str, by: User) -> InternalNote:
    """Write something down that only the centre sees."""
    if refusal := no_reviewer(request, by):
        raise NotAllowedError(refusal)
    return InternalNote.objects.create(request=request, text=text, by=by)


def forget_unconfirmed(day: date) -> str:
    """Do ``clean_up`` as a step of the day."""
    number = clean_up()
    return ngettext("%d unbestätigte Nachricht gelöscht.", "%d unbestätigte Nachrichten gelöscht.", number) % number


def clean_up() -> int:
    """Delete messages whose sender did not confirm the address in time, and return their number.

    Where messages came from is forgotten after a day, too.
    """
    yesterday = timezone.now() - timedelta(days=1)
    ChangeRequest.objects.exclude(sender_network="").filter(created_at__lt=yesterday).update(sender_network="")
    return ChangeRequest.objects.forgotten().delete()[0]
