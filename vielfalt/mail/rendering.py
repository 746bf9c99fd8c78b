"""From a template and its values to a mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template

FOLDER = "emails"


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(template: str, context: Mapping[str, Any]) -> Rendered:
    """Render ``templates/emails/<template>.txt``, whose first line is the subject, and ``.html``.

    Only the HTML is escaped: "Müller & Söhne" must not become "Müller &amp; Söhne" in plain text.
    """
    values = {"portal_url": settings.PORTAL_URL, "DEMO": settings.DEMO, **context}
    plain = get_template(f"{FOLDER}/{template}.txt").template
    subject, text = plain.render(Context({**values}, autoescape=False)).strip().split("\n", 1)
    subject = " ".join(subject.split())
    html = get_template(f"{FOLDER}/{template}.html").template.render(Context({**values, "subject": subject}))
    return Rendered(subject=subject, text=text.strip() + "\n", html=html)
