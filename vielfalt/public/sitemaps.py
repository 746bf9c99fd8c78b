"""The public pages, for search engines."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from lotsen.models import Carrier
from vielfalt.public.models import Page


class CarrierSitemap(Sitemap):
    def items(self) -> QuerySet[Carrier]:
        return Carrier.objects.published()

    def lastmod(self, item: Carrier) -> datetime:
        return item.updated_at


class PageSitemap(Sitemap):
    def items(self) -> QuerySet[Page]:
        return Page.objects.all()

    def lastmod(self, item: Page) -> datetime:
        return item.updated_at


class StartSitemap(Sitemap):
    def items(self) -> list[str]:
        return ["public:home", "lotsen:carrier_map", "lotsen:carrier_list"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"start": StartSitemap, "traeger": CarrierSitemap, "seiten": PageSitemap}
