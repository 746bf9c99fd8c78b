"""Who opens the pages of research."""

from django.utils.translation import gettext_lazy as _

from leitfaden.editing.access import for_staff
from leitfaden.rounds.permissions import researches

for_researchers = for_staff(
    researches, _("Runden werten Sie aus, sobald Sie einen Passkey oder eine App mit Codes eingerichtet haben.")
)
"""Let in the scientific partner; for all others, the staff included, there is no page."""
