"""What search engines read: schema.org as JSON-LD. Public fields only."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from vielfalt.listings.models import Organisation
from vielfalt.richtext.sanitising import plain_text

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def organisation(entry: Organisation, request: HttpRequest, **more: Any) -> dict[str, Any]:
    """Return ``entry`` as a schema.org Organization, with what else its domain has to say."""
    place, contact = entry.public_address, entry.public_contact
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.street,
        "postalCode": place.postal_code,
        "addressLocality": place.town,
        "addressRegion": "HE",
        "addressCountry": "DE",
    }
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": request.build_absolute_uri(entry.get_absolute_url()),
        "name": entry.name,
        "alternateName": entry.short_name,
        "description": plain_text(entry.description),
        "url": contact.website,
        "email": contact.email,
        "telephone": contact.phone,
        "address": filled(address),
        **more,
    }
    return filled(data)


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` without what is unknown."""
    return {name: value for name, value in data.items() if value}


def in_script(data: dict[str, Any]) -> SafeString:
    """Return ``data`` as text that is safe inside a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped here
