"""What long texts may consist of: paragraphs, bold, italic, lists and links, and nothing that a browser runs.

``sanitise`` stands before the database (``fields.RichTextField``) and before the page (the filter
``rich_text``). It may be applied any number of times: the second time changes nothing.
"""

import re
from html import unescape

import nh3
from django.utils.html import linebreaks, strip_tags

SCHEMES = {"http", "https", "mailto", "tel"}
"""Where links may lead. Addresses without a scheme would lead somewhere within the portal and are refused."""

MOST_ROUNDS = 5
"""Two are enough for what people write; the others are for what they try."""

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
# Their text is meant for machines; of other elements the text is kept.
_DROPPED_WITH_THEIR_TEXT = {
    *("script", "style", "template", "svg", "math", "noscript", "iframe", "object"),
    *("textarea", "select", "title", "xmp"),
}

_FORMATTING = re.compile(r"</?(?:p|br|strong|b|em|i|ul|ol|li|a|div|span|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|ul|ol|div|h[1-6])[\s>]", re.IGNORECASE)
# What other programmes put on the clipboard, in our words: (pattern, replacement).
_TRANSLATIONS = [
    (re.compile(r"<(/?)b(?:\s[^<>]*)?>", re.IGNORECASE), r"<\1strong>"),
    (re.compile(r"<(/?)i(?:\s[^<>]*)?>", re.IGNORECASE), r"<\1em>"),
    (re.compile(r"<(/?)(?:div|h[1-6]|blockquote|section|article|tr)(?:\s[^<>]*)?>", re.IGNORECASE), r"<\1p>"),
]
_END_OF_LINE = re.compile(r"<br>|</(?:p|li)>")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_LINK_TO_NOWHERE = re.compile(r'<a rel="[^"]*">(.*?)</a>', re.DOTALL)
_WHOLE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def _only_whole_addresses(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "href":
        return value
    value = value.strip()
    if value.lower().startswith("www."):
        return f"https://{value}"
    return value if _WHOLE_ADDRESS.match(value) else None


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WITH_THEIR_TEXT,
    attributes={"a": {"href"}},
    attribute_filter=_only_whole_addresses,
    url_schemes=SCHEMES,
    link_rel="noopener nofollow",
)


def sanitise(text: str) -> str:
    """Return ``text`` as harmless HTML; plain text becomes paragraphs, and nothing but markup becomes nothing."""
    html = _sanitise_once(text.replace("\x00", ""))
    # What is taken out can leave something that would be taken out, too: an empty paragraph, a link that is none.
    for _ in range(MOST_ROUNDS):
        before, html = html, _sanitise_once(html)
        if html == before:
            break
    return html


def _sanitise_once(text: str) -> str:
    if not _FORMATTING.search(text):
        text = linebreaks(text.strip(), autoescape=True)
    elif not _BLOCK.search(text):
        text = linebreaks(text.strip(), autoescape=False)
    for pattern, replacement in _TRANSLATIONS:
        text = pattern.sub(replacement, text)
    # A line break in HTML is a space; as a space it survives filters that take it for more.
    html = re.sub(r"\s*\n\s*", " ", _LINK_TO_NOWHERE.sub(r"\1", _cleaner.clean(text)))
    html = html.replace("<p></p>", "").strip()
    html = html if _BLOCK.search(html) else f"<p>{html}</p>"
    return html if strip_tags(html).replace("&nbsp;", "").strip() else ""


def plain_text(html: str) -> str:
    """Return the words of sanitised ``html``: lines for paragraphs, dashes for lists, addresses behind links."""
    text = html.replace("<li><p>", "<li>").replace("</p></li>", "</li>").replace("<li>", "– ")
    text = _END_OF_LINE.sub("\n", _LINK.sub(_link_in_words, text))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in unescape(strip_tags(text)).splitlines())
    return "\n".join(line for line in lines if line)


def _link_in_words(link: re.Match[str]) -> str:
    address, words = unescape(link[1]), link[2]
    return words if strip_tags(words) in (address, address.partition(":")[2]) else f"{words} ({link[1]})"
