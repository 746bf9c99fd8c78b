"""What an organisation seeks or offers at present."""

from django import template

from vielfalt.listings.models import Organisation
from vielfalt.notices.models import Notice
from vielfalt.notices.querysets import NoticeQuerySet

register = template.Library()


@register.simple_tag
def notices_of(organisation: Organisation) -> NoticeQuerySet:
    """Return the notices that its page shows: ``{% notices_of entry as notices %}``, one query."""
    return Notice.objects.of(organisation).current().select_related("subject", "municipality")
