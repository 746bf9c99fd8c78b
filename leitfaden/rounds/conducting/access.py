"""Who opens the pages for conducting rounds, and which round they are about."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from leitfaden.editing.access import for_staff, the_document
from leitfaden.rounds.models import Round
from leitfaden.rounds.permissions import conducts

for_conductors = for_staff(
    conducts, _("Runden führen Sie durch, sobald Sie einen Passkey oder eine App mit Codes eingerichtet haben.")
)
"""Let in who conducts rounds, as staff."""


def the_round(number: int) -> Round:
    """Return a round of the Leitfaden with the text that it is about."""
    rounds = Round.objects.select_related("document__head", "base")
    found: Round = get_object_or_404(rounds, document=the_document(), number=number)
    return found
