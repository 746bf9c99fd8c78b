"""What search engines read of a carrier: schema.org as JSON-LD. Public fields only."""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from lotsen.models import Carrier, Programme
from vielfalt.listings.structured_data import filled, in_script, organisation
from vielfalt.richtext.sanitising import plain_text


def carrier(carrier: Carrier, programmes: list[Programme], request: HttpRequest) -> SafeString:
    """Return the carrier as a schema.org Organization with its programmes as services, safe inside a script element."""
    return in_script(organisation(carrier, request, makesOffer=[_offer(programme) for programme in programmes]))


def _offer(programme: Programme) -> dict[str, Any]:
    areas = [*programme.municipalities, *programme.districts]
    service = {
        "@type": "Service",
        "name": programme.title,
        "description": plain_text(programme.description),
        "serviceType": "WIR-Lots*innen",
        "areaServed": [str(area) for area in areas],
        "availableLanguage": [offer.language.name for offer in programme.offered_languages.all() if offer.is_available],
    }
    return {"@type": "Offer", "itemOffered": filled(service)}
