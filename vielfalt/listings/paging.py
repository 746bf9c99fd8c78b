"""Pages of a list, for whatever number stands in the address."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject, cached_property


class PublicPaginator(Paginator):
    """A paginator that always has a page: the last one for numbers too large, the first for everything else wrong.

    ``total`` saves it from counting entries that somebody has counted already.
    """

    def __init__(self, *args: Any, total: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.total = total

    @cached_property
    def count(self) -> int:
        return super().count if self.total is None else self.total

    def get_page(self, number: Any) -> Page:
        """Django answers 0 and -1 with the last page, which nobody expects who leafs back."""
        try:
            wanted = int(number)
        except (TypeError, ValueError):
            wanted = 1
        return self.page(min(max(wanted, 1), self.num_pages))


class EntryPaginator(PublicPaginator):
    """A paginator of a queryset that loads much for each entry: it chooses those of a page by their keys first.

    Otherwise the database would put together what all the pages before show, only to leave it out. ``entries`` is
    asked for the queryset only where somebody looks at the entries of a page: mostly, the page's list is kept.
    """

    def __init__(self, entries: Callable[[], QuerySet[Any]], per_page: int, total: int) -> None:
        super().__init__(entries, per_page, total=total)

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        return self._get_page(SimpleLazyObject(lambda: self._entries(number)), number, self)

    def _entries(self, number: int) -> list[Any]:
        entries = self.object_list()
        first = (number - 1) * self.per_page
        keys = entries.values("pk")[first : first + self.per_page]
        return list(entries.filter(pk__in=keys))
