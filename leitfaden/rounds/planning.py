"""What the staff do with rounds: prepare, start, prolong, cancel."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitfaden.models import Block, Document
from leitfaden.rounds import emails
from leitfaden.rounds.carrying import bring_along
from leitfaden.rounds.models import Participant, Phase, Round, RoundBlock, RoundState, RoundStep
from leitfaden.rounds.moves import NotNowError, clean_reason, locked_round
from leitfaden.rounds.permissions import require_conductor
from vielfalt.accounts.models import User
from vielfalt.listings.models import Organisation, organisation_models

BEGINS = {
    Phase.COLLECT: "collect_from",
    Phase.DISCUSS: "discuss_from",
    Phase.VOTE: "vote_from",
    Phase.CONSOLIDATE: "vote_until",
}
"""The field that says when each phase begins."""


def entitled() -> list[Organisation]:
    """Return the organisations that take part unless the staff choose otherwise: the public ones that write along."""
    kinds = [model for model in organisation_models() if model.is_co_author]
    found = [one for model in kinds for one in model.objects.maintained().defer("search")]
    return sorted(found, key=lambda one: one.sort_key)


@transaction.atomic
def save_round(
    *,
    document: Document,
    values: dict[str, Any],
    organisations: Sequence[Organisation],
    blocks: Collection[Block] = (),
    round_: Round | None = None,
    by: User,
) -> Round:
    """Prepare a round, or change one that is being prepared. Nobody but the staff sees it until it starts.

    ``values`` are title, about, the four times and the quorum; ``blocks`` the passages that are open
    (none: all). The same values twice prepare one round, because people press buttons twice.
    """
    require_conductor(by)
    # First the round, then its text: so does everybody, or two would wait for each other.
    round_ = _planned(round_) if round_ else None
    Document.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    if round_ is None:
        round_ = Round.objects.filter(document=document, state=RoundState.PLANNED, **values).first()
    if round_ is None:
        last = Round.objects.filter(document=document).aggregate(last=Max("number"))["last"] or 0
        planned = Round(document=document, number=last + 1, base=document.head)
    else:
        planned = _planned(round_)
    for name, value in values.items():
        setattr(planned, name, value)
    planned.full_clean(exclude=["document", "base"])
    _check_quorum(planned.quorum, len(organisations))
    planned.save()
    planned.participants.all().delete()
    planned.open_blocks.all().delete()
    Participant.objects.bulk_create(
        [
            Participant(
                round=planned,
                content_type=ContentType.objects.get_for_model(type(one)),
                object_id=one.pk,
                name=one.name,
            )
            for one in organisations
        ]
    )
    RoundBlock.objects.bulk_create([RoundBlock(round=planned, block=block) for block in blocks])
    return planned


@transaction.atomic
def delete_round(*, round_: Round, by: User) -> None:
    """Delete a round that has not started."""
    require_conductor(by)
    planned = _planned(round_)
    planned.participants.all().delete()
    planned.open_blocks.all().delete()
    planned.delete()


@transaction.atomic
def start(*, round_: Round, by: User) -> Round:
    """Freeze text, carriers and quorum, and let the clock run. What was left of the last round comes along."""
    require_conductor(by)
    planned = _planned(round_)
    document = Document.objects.select_for_update(of=("self",), no_key=True).get(pk=round_.document_id)
    if Round.objects.running().filter(document=document).exists():
        raise ValidationError(_("Es läuft schon eine Runde. Bitte schließen Sie sie zuerst ab."), code="running")
    if planned.discuss_from <= timezone.now():
        raise ValidationError(_("Das Ende der Zeit zum Vorschlagen liegt schon in der Vergangenheit."), code="past")
    _check_quorum(planned.quorum, planned.participants.count())
    # The text that everybody reads and changes from now on is the one of this moment.
    planned.base = document.head
    planned.state = RoundState.RUNNING
    planned.started_at = timezone.now()
    planned.save()
    RoundStep.objects.create(round=planned, text=_("Runde gestartet"), by=by)
    bring_along(planned, by=by)
    emails.tell_of_start(planned)
    return planned


@transaction.atomic
def prolong(*, round_: Round, phase: Phase, begins: datetime, reason: str, by: User) -> Round:
    """Let a phase that is still to come begin at another time, with a public reason."""
    require_conductor(by)
    running = locked_round(round_)
    if running.state != RoundState.RUNNING:
        raise NotNowError(_("Die Zeiten ändern sich nur, solange die Runde läuft."))
    name = BEGINS[phase]
    if getattr(running, name) == begins:
        # Pressed twice.
        return running
    if getattr(running, name) <= timezone.now() or begins <= timezone.now():
        raise ValidationError(_("Nur Zeiten, die noch kommen, lassen sich ändern."), code="past")
    setattr(running, name, begins)
    running.full_clean(exclude=["document", "base"])
    running.save(update_fields=[name])
    until = date_format(timezone.localtime(begins), "j. F Y, H:i")
    text = _("Neue Zeit: „{phase}“ beginnt am {until} Uhr.").format(phase=phase.label, until=until)
    step = RoundStep.objects.create(round=running, text=text, reason=clean_reason(reason), by=by)
    emails.tell_of_change(step)
    return running


@transaction.atomic
def cancel(*, round_: Round, reason: str, by: User) -> Round:
    """End a round without a result. Proposals stay readable; those that were open can be taken up in another."""
    require_conductor(by)
    running = locked_round(round_)
    if running.state != RoundState.RUNNING:
        raise NotNowError(_("Nur eine laufende Runde lässt sich abbrechen."))
    running.state = RoundState.CANCELLED
    running.cancelled_because = clean_reason(reason)
    running.save(update_fields=["state", "cancelled_because"])
    step = RoundStep.objects.create(round=running, text=_("Runde abgebrochen"), reason=running.cancelled_because, by=by)
    emails.tell_of_change(step)
    return running


def _planned(round_: Round) -> Round:
    planned = locked_round(round_)
    if planned.state != RoundState.PLANNED:
        raise NotNowError(_("Diese Runde hat schon begonnen. Sie ändert sich nicht mehr."))
    return planned


def _check_quorum(quorum: int, entitled_: int) -> None:
    if not entitled_:
        raise ValidationError(_("Bitte wählen Sie, welche Träger beteiligt sind."), code="nobody")
    if not 0 < quorum <= entitled_:
        raise ValidationError(
            {"quorum": _("Das Quorum liegt zwischen 1 und {most}.").format(most=entitled_)}, code="quorum"
        )
