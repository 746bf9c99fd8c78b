"""Shows changes word by word."""

from django import template

from vielfalt.listings.differences import Part, words
from vielfalt.listings.history import Change

register = template.Library()


@register.filter
def words_changed(change: Change) -> list[Part]:
    """Return the parts of a changed field for ``components/difference.html``."""
    return words(change.old, change.new)
