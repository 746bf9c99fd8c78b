"""What search engines read: schema.org as JSON-LD. Public fields only."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from lotsen.models import Carrier, Programme
from vielfalt.richtext.sanitising import plain_text

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def carrier(carrier: Carrier, programmes: list[Programme], request: HttpRequest) -> SafeString:
    """Return the carrier as a schema.org Organization with its programmes as services, safe inside a script element."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": carrier.street,
        "postalCode": carrier.postal_code_id,
        "addressLocality": carrier.municipality.name,
        "addressRegion": "HE",
        "addressCountry": "DE",
    }
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": request.build_absolute_uri(carrier.get_absolute_url()),
        "name": carrier.name,
        "alternateName": carrier.short_name,
        "description": plain_text(carrier.description),
        "url": carrier.website,
        "email": carrier.email,
        "telephone": carrier.phone,
        "address": _filled(address),
        "makesOffer": [_offer(programme) for programme in programmes],
    }
    return mark_safe(json.dumps(_filled(data), ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped here


def _offer(programme: Programme) -> dict[str, Any]:
    areas = [*programme.covered_municipalities.all(), *programme.covered_districts.all()]
    service = {
        "@type": "Service",
        "name": programme.title,
        "description": plain_text(programme.description),
        "serviceType": "WIR-Lots*innen",
        "areaServed": [str(area) for area in areas],
        "availableLanguage": [offer.language.name for offer in programme.offered_languages.all() if offer.is_available],
    }
    return {"@type": "Offer", "itemOffered": _filled(service)}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}
