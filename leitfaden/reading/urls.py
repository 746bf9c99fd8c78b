from django.urls import path, register_converter

from leitfaden.anchors import PATTERN
from leitfaden.reading import views


class AnchorConverter:
    """The short name of a passage. Each has a digit, so none is a word that another page could be called."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class EditionConverter(AnchorConverter):
    """The name of an edition: ``2026-1``."""

    regex = r"\d{4}-\d{1,3}"


register_converter(AnchorConverter, "anchor")
register_converter(EditionConverter, "edition")

PAGES = [
    ("", views.start, "book"),
    ("alles/", views.everything, "everything"),
    ("seite/<anchor:anchor>/", views.page, "page"),
    ("suche/", views.search, "search"),
    ("zitieren/", views.cite, "cite"),
    ("zitieren/<anchor:anchor>/", views.cite, "cite"),
    ("<anchor:anchor>/", views.passage, "passage"),
]
"""Every edition has the same pages: that in force without its name, and each for ever under its name."""

urlpatterns = [
    path(f"leitfaden/{place}{address}", view, name=name)
    for place in ("", "<edition:edition>/")
    for address, view, name in PAGES
]
