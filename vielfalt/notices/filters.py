"""The question a reader asks of the list of notices."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vielfalt.listings.facets import Facet
from vielfalt.listings.filters import EntryFilter
from vielfalt.notices.models import Direction, Notice, Subject


class NoticeFilter(EntryFilter):
    """Notices, those that end first before the others."""

    offered_facets: ClassVar = (
        Facet("art", _("Sucht oder bietet?"), "direction", Direction),
        Facet("thema", _("Worum geht es?"), "subject__slug", Subject),
    )
    reading_order: ClassVar = ("ends_on", "pk")

    class Meta(EntryFilter.Meta):
        model = Notice
