"""The newest notices for feed readers: what anybody may see, and nothing else."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vielfalt.notices.models import Notice

MOST = 50


class NoticeFeed(Feed):
    """Never depends on who asks: feed readers pass on what they fetched."""

    feed_type = Atom1Feed
    title = gettext_lazy("Sucht / bietet – Kompetenzzentrum Vielfalt Hessen")
    subtitle = gettext_lazy("Was Träger und Migrantenorganisationen in Hessen suchen und bieten.")
    link = reverse_lazy("notices:list")
    language = "de"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer without the newest notice's date: it stays the same when an older one is no longer for everybody.

        Who asks again by that date would hear "unchanged" and keep what was taken back; the ETag tells.
        """
        response = super().__call__(request, *args, **kwargs)
        del response.headers["Last-Modified"]
        return response

    def items(self) -> QuerySet[Notice]:
        return Notice.objects.visible_to(AnonymousUser()).for_cards().order_by("-created_at", "-pk")[:MOST]

    def item_title(self, item: Notice) -> str:
        return f"{item.organisation} {item.get_direction_display()}: {item.title}"

    def item_description(self, item: Notice) -> str:
        until = _("Gilt bis {day}.").format(day=date_format(item.ends_on, "j. F Y"))
        return "\n".join(filter(None, [item.text, f"{item.municipality}. {until}"]))

    def item_pubdate(self, item: Notice) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Notice) -> datetime:
        return item.updated_at
