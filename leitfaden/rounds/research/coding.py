"""What the scientific partner writes: codes of its own, and which proposals have them. Nothing else is changed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitfaden.rounds.models import Code, Coding, Proposal
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.permissions import require_researcher
from vielfalt.accounts.models import User


@transaction.atomic
def save_code(
    *, name: str, meaning: str, seen: tuple[str, str] | None = None, code: Code | None = None, by: User
) -> Code:
    """Add a code, or define one anew; ``seen`` is what ``by`` read of it."""
    require_researcher(by)
    if code is not None:
        code = Code.objects.select_for_update().get(pk=code.pk)
        if seen is not None and seen != (code.name, code.meaning):
            raise NotNowError(_("Jemand anderes hat diesen Code inzwischen geändert. Ihre Eingaben sind noch da."))
    if Code.objects.filter(name__iexact=name).exclude(pk=code.pk if code else None).exists():
        raise ValidationError({"name": _("Einen Code mit diesem Namen gibt es schon.")})
    code = code or Code(created_by=by)
    code.name, code.meaning = name, meaning
    code.save()
    return code


@transaction.atomic
def delete_code(*, code: Code, by: User) -> None:
    """Delete a code that nobody uses: what others have coded is not lost with it."""
    require_researcher(by)
    locked = Code.objects.select_for_update().get(pk=code.pk)
    if number := locked.codings.count():
        sentence = ngettext(
            "Dieser Code ist noch an einem Vorschlag vergeben. Nehmen Sie ihn dort zuerst weg.",
            "Dieser Code ist noch %d-mal vergeben. Nehmen Sie ihn dort zuerst weg.",
            number,
        )
        raise NotNowError(sentence % number if number > 1 else sentence)
    locked.delete()


@transaction.atomic
def add_coding(*, proposal: Proposal, code: Code, note: str = "", by: User) -> Coding:
    """Mark a proposal with a code, each person for themselves."""
    require_researcher(by)
    # Nobody deletes the code meanwhile.
    Code.objects.select_for_update().get(pk=code.pk)
    if not Proposal.objects.public().filter(pk=proposal.pk).exists():
        raise NotNowError(_("Diesen Vorschlag gibt es nicht mehr."))
    coding, is_new = Coding.objects.get_or_create(code=code, proposal=proposal, by=by, defaults={"note": note})
    if not is_new and note not in ("", coding.note):
        raise NotNowError(
            _("Diesen Code haben Sie hier schon vergeben. Nehmen Sie ihn weg, wenn Sie die Notiz ändern wollen.")
        )
    return coding


def remove_coding(*, coding: Coding, by: User) -> None:
    """Take back what one has coded oneself."""
    require_researcher(by)
    if coding.by_id != by.pk:
        raise NotNowError(_("Das hat jemand anderes codiert."))
    coding.delete()
