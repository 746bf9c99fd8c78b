"""What a complete entry has, and why each part of it matters.

Who sees the entry, and whether its contact is public, is none of it: nobody is urged to show more
than they want.
"""

from django.utils.translation import gettext_lazy as _

from migrantenorgs.models import MigrantOrganisation
from vielfalt.listings.workspace.completeness import ENOUGH_PEOPLE, Item
from vielfalt.listings.workspace.keeping import page_url


def items(organisation: MigrantOrganisation) -> list[Item]:
    """Return everything a complete entry has; reads relations that ``for_workspace`` prefetches."""

    def edit(section: str) -> str:
        return page_url(organisation, "edit", section)

    overview, team = page_url(organisation, "mine"), page_url(organisation, "team")
    is_looked_after = len(organisation.memberships.all()) >= ENOUGH_PEOPLE
    facts = [
        (_("Selbstbeschreibung"), _("So lernen andere Sie kennen."), organisation.description, edit("texte")),
        (_("Angebote"), _("Menschen suchen nach dem, was es bei Ihnen gibt."), organisation.offers, edit("angebote")),
        (
            _("Handlungsfelder"),
            _("Wer Zusammenarbeit sucht, wählt danach aus."),
            organisation.fields_of_action.all(),
            edit("handlungsfelder"),
        ),
        (
            _("Zielgruppen"),
            _("Damit klar ist, wer willkommen ist."),
            organisation.target_groups.all(),
            edit("handlungsfelder"),
        ),
        (_("Sprachen"), _("Viele suchen jemanden, der sie versteht."), organisation.languages.all(), edit("sprachen")),
        (
            _("Telefon oder E-Mail"),
            _("Auch wenn nur das Kompetenzzentrum sie sieht: So kann es zu Ihnen vermitteln."),
            organisation.phone or organisation.email,
            edit("kontakt"),
        ),
        (_("Leichte Sprache"), _("Viele lernen noch Deutsch."), organisation.description_easy, edit("texte")),
        (
            _("Zwei Zuständige"),
            _("Wenn jemand ausfällt, bleibt der Eintrag trotzdem aktuell."),
            is_looked_after,
            team,
        ),
        (_("Eine aktuelle Bestätigung"), _("Alte Angaben glaubt niemand."), organisation.is_fresh, overview),
    ]
    return [Item(label, reason, bool(is_there), url) for label, reason, is_there, url in facts]
