"""Makes a passage harmless and canonical.

nh3 comes first and last: nothing it would not let through can be in the result. Between the two,
``shaping`` turns what people paste into the few forms that the portal knows. It may be applied any
number of times: the second time changes nothing.
"""

import re

import nh3
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from leitfaden.anchors import PATTERN
from leitfaden.markup.elements import parse, plain_text, serialise
from leitfaden.markup.shaping import MOST_LEVELS, PICTURE, shape

__all__ = ["LONGEST_BLOCK", "MOST_LEVELS", "check_length", "is_address", "sanitise"]

LONGEST_BLOCK = 100_000
"""Characters of one block, with their markup."""

MOST_TAGS = 10_000
"""Of one block: reading elements that lie within thousands of others takes seconds."""

MOST_ROUNDS = 5

_EVERYWHERE = {"lang", "dir"}
_TEXT = {"p", "br", "strong", "em", "sup", "sub", "a", "span", "ul", "ol", "li", "blockquote"}
_TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
_FIGURES = {"figure", "figcaption", "img"}
TAGS = _TEXT | _TABLES | _FIGURES
_READ_AS_SOMETHING_ELSE = {
    *("b", "i", "div", "section", "article", "header", "footer", "main", "aside", "address", "dl", "dt", "dd", "pre"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "tfoot", "center"),
}
_DROPPED_WITH_THEIR_TEXT = {
    *("script", "style", "template", "svg", "math", "noscript", "iframe", "object"),
    *("textarea", "select", "title", "xmp"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
}
_ADDRESS = re.compile(rf"(?:https?://[^\s/]|mailto:[^\s@]+@|#{PATTERN}\Z)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
_SIZE = re.compile(r"[1-9]\d{0,4}\Z")
_SPAN = re.compile(r"(?:[2-9]|[1-4]\d|50)\Z")
_RULES = {
    "href": _ADDRESS,
    "src": PICTURE,
    "lang": _LANGUAGE,
    "dir": re.compile(r"(?:rtl|ltr|auto)\Z"),
    "scope": re.compile(r"(?:col|row|colgroup|rowgroup)\Z"),
    "colspan": _SPAN,
    "rowspan": _SPAN,
    "start": re.compile(r"(?:[2-9]|[1-9]\d{1,3})\Z"),
    "width": _SIZE,
    "height": _SIZE,
}
_NO_MEANING = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
"""Control characters, halves of characters, and marks that mirror whatever follows: ``dir`` does that properly."""

_MARKUP = re.compile(r"<(?:/?[a-z][a-z0-9]*[\s/>]|!--)", re.IGNORECASE)


def _only_sane_values(tag: str, attribute: str, value: str) -> str | None:
    value = value.strip() if attribute != "alt" else " ".join(value.split())
    rule = _RULES.get(attribute)
    return value if rule is None or rule.match(value) else None


def is_address(address: str) -> bool:
    """Whether a link may lead there: to another site, to somebody's mail, or to a passage."""
    return _ADDRESS.match(address.strip()) is not None


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=_DROPPED_WITH_THEIR_TEXT,
        attributes={tag: _ATTRIBUTES.get(tag, set()) | _EVERYWHERE for tag in tags},
        attribute_filter=_only_sane_values,
        allowed_classes={"span": {"footnote"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


_wide, _strict = _cleaner(TAGS | _READ_AS_SOMETHING_ELSE), _cleaner(TAGS)


def sanitise(text: str) -> str:
    """Return ``text`` as harmless HTML in the portal's forms; plain text becomes paragraphs."""
    text = _NO_MEANING.sub("", text)
    if not _MARKUP.search(text):
        text = linebreaks(text.strip(), autoescape="<" in text or ">" in text or "&" not in text)
    html = ""
    for _round in range(MOST_ROUNDS):
        before, html = html, _once(text)
        if html == before:
            return html
        text = html
    # Nobody writes what is still not at rest; so its words are enough.
    return _once(f"<p>{escape(plain_text(html))}</p>")


def _once(html: str) -> str:
    return _strict.clean(serialise(shape(parse(_wide.clean(html)))))


def check_length(html: str) -> None:
    """Refuse a text that is too long for one block, before anything is done with it."""
    if len(html) > LONGEST_BLOCK:
        raise ValidationError(
            _("Dieser Abschnitt ist zu lang ({length} Zeichen). Bitte teilen Sie ihn; erlaubt sind {most}.").format(
                length=number_format(len(html), force_grouping=True),
                most=number_format(LONGEST_BLOCK, force_grouping=True),
            ),
            code="too_long",
        )
    if html.count("<") > MOST_TAGS:
        raise ValidationError(
            _("Dieser Abschnitt besteht fast nur aus Auszeichnungen. Bitte fügen Sie ihn als reinen Text ein."),
            code="too_much_markup",
        )
