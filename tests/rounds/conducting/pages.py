"""What tests of the staff's pages do again and again."""

from html import unescape
from typing import Any

from django.urls import reverse


def url(name: str, *args: object) -> str:
    return reverse(f"rounds:{name}", args=args)


def words(answer: Any) -> str:
    """What a page says, without its line breaks."""
    return " ".join(unescape(answer.content.decode()).split())
