"""Renders a comparison as HTML: real ``ins`` and ``del``, with words for those who only hear them."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from leitfaden.comparing.passages import Changed, Difference, Kind, Part, Whole, Words
from leitfaden.markup.elements import VOID, Element, Node, attributes_of, serialise

_INLINE = {"strong", "em", "sup", "sub", "a", "span", "br", "img"}
_HIDDEN = '<span class="visually-hidden kern-sr-only">{}</span>'


def render(difference: Difference) -> SafeString:
    """Return old and new in one text. What is in it has been sanitised when it was saved."""
    return mark_safe(_parts(difference.parts))  # noqa: S308 - made of sanitised passages only


def _parts(parts: Sequence[Part]) -> str:
    return "".join(_part(part) for part in parts)


def _part(part: Part) -> str:
    match part:
        case Words():
            return "".join(run.html if run.kind == "same" else _marked(run.kind, run.html) for run in part.runs)
        case Changed():
            return part.start + _parts(part.parts) + part.end
        case Whole():
            return serialise(list(part.nodes)) if part.kind == "same" else _inside(part.kind, part.nodes)


def _inside(kind: Kind, nodes: Sequence[Node]) -> str:
    """Mark the words within whole elements, so that lists and tables stay lists and tables."""
    html, words = "", ""
    for node in nodes:
        if isinstance(node, str) or node.tag in _INLINE:
            words += serialise([node])
            continue
        html += _marked(kind, words) + _element(kind, node)
        words = ""
    return html + _marked(kind, words)


def _element(kind: Kind, element: Element) -> str:
    start = f"<{element.tag}{attributes_of(element)}>"
    return start if element.tag in VOID else f"{start}{_inside(kind, element.children)}</{element.tag}>"


def _marked(kind: Kind, html: str) -> str:
    if not html:
        return ""
    tag, words = ("del", _("[entfernt:")) if kind == "removed" else ("ins", _("[neu:"))
    before, after = format_html(_HIDDEN, f"{words} "), format_html(_HIDDEN, _("]") + " ")
    return f"<{tag}>{before}{html}{after}</{tag}>"
