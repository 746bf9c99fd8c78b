"""What search engines read of a migrant organisation: schema.org as JSON-LD. Public fields only."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from migrantenorgs.models import MigrantOrganisation
from vielfalt.listings.public import is_preview
from vielfalt.listings.structured_data import in_script
from vielfalt.listings.structured_data import organisation as as_organisation


def organisation(entry: MigrantOrganisation, request: HttpRequest) -> SafeString | str:
    """Return ``entry`` (of ``for_detail``) as a schema.org Organization, or nothing where it is not for everybody."""
    if is_preview(entry) or not entry.is_for_everybody:
        return ""
    names = [name for name in (entry.short_name, entry.own_name, entry.transliteration) if name]
    data = as_organisation(
        entry,
        request,
        alternateName=names,
        foundingDate=str(entry.founded_in or ""),
        knowsLanguage=[language.tag for language in entry.languages.all()],
        knowsAbout=entry.field_names,
    )
    return in_script(data)
