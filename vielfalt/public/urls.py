from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter
from django.views.decorators.http import require_safe

from vielfalt.answers.sharing import shared
from vielfalt.public import views
from vielfalt.public.models import TEXTS
from vielfalt.public.sitemaps import SITEMAPS


class PageConverter:
    """The pages of text that the portal always has; any other address belongs to another app."""

    regex = "|".join(sorted(path.stem for path in TEXTS.glob("*.md")))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PageConverter, "page")

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("<page:slug>/", views.page, name="page"),
    path("stil/", views.style, name="style"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", require_safe(shared(sitemap)), {"sitemaps": SITEMAPS}, name="sitemap"),
]
