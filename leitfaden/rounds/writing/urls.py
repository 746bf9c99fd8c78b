from collections.abc import Callable

from django.urls import URLPattern, path, re_path

from leitfaden.rounds.writing import drafts, mine, own, picking, sheets, structure, submitting
from leitfaden.rounds.writing.offers import OPERATIONS

_PK = "(?P<pk>[0-9]{1,9})"
_OPERATION = f"(?P<operation>{'|'.join(OPERATIONS)})"
_PLACE = r"neu/(?P<where>vor|nach|in|vorn)/(?P<anchor>[a-z0-9]+)/(?P<kind>[a-z]+)/"


def _writing(start: str) -> list[URLPattern]:
    """The addresses on which one writes: before a draft has begun, and in a draft."""

    def page(rest: str, view: Callable, name: str) -> URLPattern:
        return re_path(f"^{start}{rest}$", view, name=name)

    return [
        page("absaetze/", picking.pick, "pick"),
        page(_PLACE, sheets.add, "add"),
        page(r"(?P<anchor>[a-z][a-z0-9]*[0-9][a-z0-9]*)/", sheets.write, "write"),
        page(rf"(?P<anchor>[a-z0-9]+)/{_OPERATION}/", structure.operate, "operate"),
    ]


_DRAFT = "leitfaden/vorschlag/<int:pk>"

urlpatterns = [
    path("mein/leitfaden/", mine.mine, name="mine"),
    *_writing("leitfaden/vorschlagen/"),
    *_writing(f"leitfaden/vorschlag/{_PK}/schreiben/"),
    path(f"{_DRAFT}/schreiben/", drafts.draft, name="draft"),
    path(f"{_DRAFT}/schreiben/neues/<uuid:new>/", sheets.rewrite, name="rewrite"),
    path(f"{_DRAFT}/schreiben/weglassen/", drafts.drop, name="drop"),
    path(f"{_DRAFT}/einreichen/", submitting.submit, name="submit"),
    path(f"{_DRAFT}/verwerfen/", drafts.discard, name="discard"),
    path(f"{_DRAFT}/ueberarbeiten/", own.reopen, name="reopen"),
    re_path(rf"^leitfaden/vorschlag/{_PK}/(?P<word>{'|'.join(own.PAGES)})/$", own.move, name="own_move"),
]
