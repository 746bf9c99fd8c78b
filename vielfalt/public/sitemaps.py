"""The public pages, for search engines."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from leitfaden.reading.books import find_book
from lotsen.models import Carrier
from migrantenorgs.models import MigrantOrganisation
from vielfalt.public.models import Page


class CarrierSitemap(Sitemap):
    def items(self) -> QuerySet[Carrier]:
        return Carrier.objects.published()

    def lastmod(self, item: Carrier) -> datetime:
        return item.updated_at


class MigrantOrganisationSitemap(Sitemap):
    """The organisations that everybody may see, whoever asks."""

    def items(self) -> QuerySet[MigrantOrganisation]:
        return MigrantOrganisation.objects.published().for_readers()

    def lastmod(self, item: MigrantOrganisation) -> datetime:
        return item.updated_at


class PageSitemap(Sitemap):
    def items(self) -> QuerySet[Page]:
        return Page.objects.all()

    def lastmod(self, item: Page) -> datetime:
        return item.updated_at


class LeitfadenSitemap(Sitemap):
    """The chapters of the edition in force; frozen editions name these pages as theirs."""

    def items(self) -> list[str]:
        book = find_book("", AnonymousUser())
        return [book.addresses.start, *(chapter.url for chapter in book.chapters)] if book else []

    def location(self, item: str) -> str:
        return item


class StartSitemap(Sitemap):
    def items(self) -> list[str]:
        return [
            "public:home",
            "lotsen:carrier_map",
            "lotsen:carrier_list",
            "migrantenorgs:organisation_list",
            "notices:list",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {
    "start": StartSitemap,
    "traeger": CarrierSitemap,
    "migrantenorganisationen": MigrantOrganisationSitemap,
    "leitfaden": LeitfadenSitemap,
    "seiten": PageSitemap,
}
