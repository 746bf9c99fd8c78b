"""Values for the staff's preview of the mails of a round."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.rounds.models import Phase, Proposal, ProposalVersion, Round, RoundStep
from leitfaden.rounds.outcomes import Became
from leitfaden.rounds.states import TRANSITIONS
from vielfalt.listings.links import absolute


def mails() -> dict[str, Mapping[str, Any]]:
    """Return values for every mail by the name of its template."""
    zone = timezone.get_current_timezone()
    until = datetime(2027, 5, 31, 18, tzinfo=zone)
    round_ = Round(
        number=1,
        title=_("Frühjahrsrunde 2027"),
        collect_from=datetime(2027, 3, 1, 8, tzinfo=zone),
        discuss_from=datetime(2027, 4, 1, 8, tzinfo=zone),
        vote_from=datetime(2027, 5, 1, 8, tzinfo=zone),
        vote_until=until,
    )
    carrier, title = _("Musterträger e. V."), _("Klarer sagen, wer begleitet")
    proposal = Proposal(number=3, current=ProposalVersion(title=title))
    named = _("Vorschlag {number} „{title}“").format(number=3, title=title)
    link = absolute("/mein/leitfaden/")
    outcomes = [
        Became(proposal, _("Angenommen"), (_("Das macht den Satz verständlicher & kürzer."),), is_carried=False),
        Became(proposal, _("Kommt in die nächste Runde mit"), (), is_carried=True),
    ]
    remark = {
        "who": carrier,
        "proposal": named,
        "text": _("Gilt das auch für kleine Gruppen?"),
        "is_internal": True,
        "link": link,
    }
    incoming = {"proposal": named, "carrier": carrier, "what": TRANSITIONS["submit"].label, "link": link}
    stop = {"unsubscribe_url": settings.PORTAL_URL + "/post/abbestellen/muster/"}
    numbers = [(carrier, 12), (_("Lotsen & Nachbarschaft"), 1)]
    return {
        "rounds/changed": {
            "round": round_,
            "step": RoundStep(
                text=_("Neue Zeit: „{phase}“ beginnt am {until} Uhr.").format(
                    phase=Phase.VOTE.label, until="15. Mai 2027, 08:00"
                ),
                reason=_("Die Osterferien liegen ungünstig."),
            ),
            "link": link,
        },
        "rounds/deadline": {
            "round": round_,
            "phase": Phase.COLLECT.label,
            "until": until,
            "waiting": [_("Ihr Entwurf „{title}“ ist noch nicht eingereicht.").format(title=title)],
            "link": link,
            **stop,
        },
        "rounds/decided": {"round": round_, "outcomes": outcomes, "carried": True, "link": link},
        "rounds/entered": {"entered": numbers, "number": 13, "link": link},
        "rounds/move": {
            "subject_line": _("Bitte antworten: Rückfrage zu {proposal}").format(proposal=named),
            "sentence": _("die Redaktion des Leitfadens hat eine Frage zu {proposal} von {carrier}:").format(
                proposal=named, carrier=carrier
            ),
            "reason": _("Meinen Sie alle Begleitungen oder nur die zu Ämtern?"),
            "after": _("Es antwortet die Leitung. Eine neue Fassung kann das ganze Team schreiben."),
            "button": _("Jetzt antworten"),
            "link": link,
        },
        "rounds/news": {"remarks": [remark], "incoming": [incoming], **stop},
        "rounds/positions": {
            "round": round_,
            "phase": Phase.VOTE.label,
            "until": until,
            "wanted": numbers,
            "number": 13,
            "link": link,
            **stop,
        },
        "rounds/result": {
            "round": round_,
            "edition": "2027.1",
            "is_new": True,
            "outcomes": outcomes,
            "link": absolute("/leitfaden/2027-1/neu/"),
            "label": _("Was ist neu?"),
            "decisions": absolute("/leitfaden/2027-1/entscheidungen/"),
        },
        "rounds/started": {"round": round_, "carriers": carrier, "along": 2, "drafts": 1, "link": link},
    }
