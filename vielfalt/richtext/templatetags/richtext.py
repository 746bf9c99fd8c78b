"""Shows long texts."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from vielfalt.richtext.sanitising import plain_text, sanitise

register = template.Library()


@register.filter
def rich_text(html: str) -> SafeString:
    """Return a long text as HTML. It is sanitised again: a preview shows what no database has seen yet."""
    return mark_safe(sanitise(html or ""))  # noqa: S308 - sanitised here


@register.filter(name="plain_text")
def as_plain_text(html: str) -> str:
    """Return the words of a long text."""
    return plain_text(sanitise(html or ""))
