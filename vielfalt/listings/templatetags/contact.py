"""How addresses and numbers are written for people and for links."""

import re
from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def phone_link(phone: str) -> str:
    """Return a phone number as a tel: link wants it: "069 90009-123" becomes "+496990009123"."""
    digits = re.sub(r"\(0\)|[^+\d]", "", phone)
    if digits.startswith("00"):
        return "+" + digits[2:]
    return "+49" + digits[1:] if digits.startswith("0") else digits


@register.filter
def website_name(url: str) -> str:
    """Return what people call a website: "https://www.beispiel.de/lotsen/" becomes "beispiel.de"."""
    return urlsplit(url).netloc.removeprefix("www.")
