"""Where an organisation is that has one row, in which "Ort" and "PLZ" speak of itself."""

from django.utils.translation import gettext as _

from vielfalt.listings.spreadsheets.columns import PLACE, POSTAL_CODE
from vielfalt.listings.spreadsheets.places import town_of_code
from vielfalt.listings.spreadsheets.plan import EntryPlan
from vielfalt.listings.spreadsheets.rows import ParsedRow


def plan_address(plan: EntryPlan, row: ParsedRow) -> None:
    """Set municipality and postal code, which have to fit each other; each can be told from the other.

    The ``entries`` of the spreadsheet come with their postal code's municipalities.
    """
    place, code = row.get(PLACE), row.get(POSTAL_CODE)
    if plan.existing is None and not {PLACE, POSTAL_CODE} & row.filled:
        row.mistake(PLACE, _("Der Ort fehlt. Ein neuer Eintrag braucht ihn."))
    code = code or (plan.existing and plan.existing.postal_code)
    if code and place and place not in code.municipalities.all():
        towns = ", ".join(town.name for town in code.municipalities.all())
        sentence = _("Die Postleitzahl {code} gehört zu {towns}, nicht zu {town}.")
        row.mistake(PLACE, sentence.format(code=code, towns=towns, town=place))
    elif code and not place:
        place, doubt = town_of_code(code, plan.existing and plan.existing.municipality)
        if doubt:
            row.warning(POSTAL_CODE, doubt)
    if place:
        plan.set_value(PLACE, "municipality", place)
    if code:
        plan.set_value(POSTAL_CODE, "postal_code", code)
