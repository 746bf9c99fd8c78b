"""From pandoc's tree to HTML, noting what has no place in it."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leitfaden.markup.sanitising import MOST_LEVELS, is_address
from leitfaden.markup.shaping import PICTURE
from leitfaden.models import Picture
from leitfaden.pictures import picture_name, prepare_picture
from vielfalt.pictures.preparing import Prepared

type Pandoc = dict[str, Any]

_MARKS = {"Emph": "em", "Strong": "strong", "Superscript": "sup", "Subscript": "sub"}
_QUOTES = {"DoubleQuote": "„{}“", "SingleQuote": "‚{}‘"}


class Writer:
    """Writes blocks and words as HTML; ``remark`` gets a sentence for whatever cannot be taken over as it is."""

    def __init__(self, pictures: Mapping[str, bytes], remark: Callable[[str], None]) -> None:
        self.files = pictures
        self.remark = remark
        self.prepared: dict[str, tuple[bytes, Prepared | None]] = {}
        self.lists = 0

    def blocks(self, blocks: list[Pandoc]) -> str:
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Pandoc) -> str:
        write = getattr(self, f"_write_{block['t'].lower()}", None)
        if write is None:
            self.remark(_("Ein Element, das der Leitfaden nicht kennt, entfällt ({name}).").format(name=block["t"]))
            return ""
        return str(write(block.get("c")))

    def _write_plain(self, inlines: list[Pandoc]) -> str:
        return f"<p>{self.words(inlines)}</p>"

    _write_para = _write_plain

    def _write_lineblock(self, lines: list[list[Pandoc]]) -> str:
        return f"<p>{'<br>'.join(self.words(line) for line in lines)}</p>"

    def _write_codeblock(self, code: list[Any]) -> str:
        self.remark(_("Programmtext wird zu gewöhnlichem Text."))
        return f"<p>{escape(code[1]).replace(chr(10), '<br>')}</p>"

    def _write_rawblock(self, raw: list[str]) -> str:
        self.remark(_("HTML im Text wird nicht übernommen: „{text}“.").format(text=raw[1].strip()[:40]))
        return ""

    def _write_blockquote(self, blocks: list[Pandoc]) -> str:
        return f"<blockquote>{self.blocks(blocks)}</blockquote>"

    def _write_bulletlist(self, items: list[list[Pandoc]]) -> str:
        return self._list("<ul>", "</ul>", items)

    def _write_orderedlist(self, ordered: list[Any]) -> str:
        start = ordered[0][0]
        return self._list(f'<ol start="{start}">' if start > 1 else "<ol>", "</ol>", ordered[1])

    def _list(self, opening: str, closing: str, items: list[list[Pandoc]]) -> str:
        self.lists += 1
        if self.lists == MOST_LEVELS + 1:
            self.remark(
                _("Eine Liste ist tiefer als {most} Ebenen; was tiefer liegt, rückt auf.").format(most=MOST_LEVELS)
            )
        html = "".join(f"<li>{self.blocks(item)}</li>" for item in items)
        self.lists -= 1
        return f"{opening}{html}{closing}"

    def _write_definitionlist(self, definitions: list[Any]) -> str:
        return "".join(
            f"<p><strong>{self.words(term)}</strong></p>{''.join(self.blocks(one) for one in meanings)}"
            for term, meanings in definitions
        )

    def _write_header(self, header: list[Any]) -> str:
        return f"<p><strong>{self.words(header[2])}</strong></p>"

    def _write_horizontalrule(self, _nothing: None) -> str:
        return ""

    def _write_div(self, div: list[Any]) -> str:
        return f"<div{_language(div[0])}>{self.blocks(div[1])}</div>"

    def _write_figure(self, figure: list[Any]) -> str:
        _attributes, caption, blocks = figure
        pictures = [one for block in blocks if block["t"] in ("Plain", "Para") for one in block["c"]]
        pictures = [one for one in pictures if one["t"] == "Image"]
        html = "".join(self._say_image(one["c"]) for one in pictures)
        words = self.blocks(caption[1])
        # Without a description of its own a picture is described by its caption, which need not be said twice.
        if len(pictures) == 1 and words == f"<p>{self.words(pictures[0]['c'][1])}</p>":
            words = f"<p>{escape(pictures[0]['c'][2][1])}</p>" if pictures[0]["c"][2][1] else ""
        return f"<figure>{html}<figcaption>{words}</figcaption></figure>" if html else words

    def _write_table(self, table: list[Any]) -> str:
        _attributes, caption, _columns, head, bodies, foot = table
        html = self.blocks(caption[1])
        rows = f"<caption>{html}</caption>" if html else ""
        rows += f"<thead>{''.join(self._row(row, 'th') for row in head[1] if _has_words(row))}</thead>"
        for _attribute, heads, middle, body in bodies:
            rows += "".join(self._row(row, "td", heads) for row in (*middle, *body))
        return f"<table>{rows}{''.join(self._row(row, 'td') for row in foot[1])}</table>"

    def _row(self, row: list[Any], tag: str, heads: int = 0) -> str:
        html = ""
        for at, (_attributes, _align, high, wide, blocks) in enumerate(row[1]):
            name = "th" if at < heads else tag
            spans = (f' rowspan="{high}"' if high > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
            html += f"<{name}{spans}>{self.blocks(blocks)}</{name}>"
        return f"<tr>{html}</tr>"

    def words(self, inlines: list[Pandoc]) -> str:
        return "".join(self._inline(inline["t"], inline.get("c")) for inline in inlines)

    def _inline(self, kind: str, content: Any) -> str:
        if kind in _MARKS:
            return f"<{_MARKS[kind]}>{self.words(content)}</{_MARKS[kind]}>"
        say = getattr(self, f"_say_{kind.lower()}", None)
        if say is not None:
            return str(say(content))
        self.remark(_("HTML im Text wird nicht übernommen: „{text}“.").format(text=str(content[-1])[:40]))
        return ""

    def _say_str(self, content: str) -> str:
        return escape(content)

    def _say_space(self, _nothing: None) -> str:
        return " "

    _say_softbreak = _say_space

    def _say_linebreak(self, _nothing: None) -> str:
        return "<br>"

    def _say_quoted(self, content: list[Any]) -> str:
        return _QUOTES[content[0]["t"]].format(self.words(content[1]))

    def _say_span(self, content: list[Any]) -> str:
        return f"<span{_language(content[0])}>{self.words(content[1])}</span>"

    def _say_cite(self, content: list[Any]) -> str:
        return self.words(content[1])

    def _say_code(self, content: list[Any]) -> str:
        return escape(content[1])

    _say_math = _say_code

    def _say_underline(self, content: list[Pandoc]) -> str:
        return self.words(content)

    _say_smallcaps = _say_underline

    def _say_strikeout(self, content: list[Pandoc]) -> str:
        self.remark(_("Durchgestrichenes wird zu gewöhnlichem Text: „{text}“.").format(text=text_of(content)[:40]))
        return self.words(content)

    def _say_note(self, blocks: list[Pandoc]) -> str:
        parts = [self.words(one["c"]) for one in blocks if one["t"] in ("Plain", "Para")]
        if len(parts) < len(blocks):
            self.remark(_("Eine Fußnote enthält mehr als Sätze; nur die Sätze werden übernommen."))
        return f'<span class="footnote">{"<br>".join(parts)}</span>'

    def _say_link(self, link: list[Any]) -> str:
        _attributes, words, (address, _title) = link
        html = self.words(words)
        if is_address(address):
            return f'<a href="{escape(address)}">{html}</a>'
        self.remark(
            _("Der Link auf „{address}“ wird zu Text. Möglich sind http, https und mailto.").format(
                address=address[:60]
            )
        )
        return html

    def _say_image(self, image: list[Any]) -> str:
        _attributes, words, (path, _title) = image
        alt = text_of(words).strip()
        name = self._own(path) if alt else ""
        if not name:
            refusal = self._refusal(path, alt)
            if refusal:
                self.remark(refusal)
                return ""
            upload = self.files[path]
            name = picture_name(upload)
            if name not in self.prepared and not self._prepare(name, upload, path):
                return ""
        width, height = self._size(name)
        source = f"/leitfaden/bilder/{name}.webp"
        return f'<img src="{source}" alt="{escape(alt)}" width="{width}" height="{height}">'

    def _own(self, path: str) -> str:
        """Return the name of a picture that the portal has already: a text that came from here brings its address."""
        address = PICTURE.match(path.removeprefix(settings.PORTAL_URL))
        return address[1] if address and Picture.objects.filter(name=address[1]).exists() else ""

    def _refusal(self, path: str, alt: str) -> str:
        if path.startswith(("http:", "https:", "//", "data:")):
            return _("Ein Bild von einer anderen Adresse wird nicht übernommen: „{path}“.").format(path=path[:60])
        if path not in self.files:
            return _("Das Bild „{path}“ liegt nicht bei und fehlt deshalb.").format(path=path[:60])
        if not alt:
            return _("Das Bild „{path}“ hat keine Beschreibung und entfällt deshalb.").format(path=path[:60])
        return ""

    def _prepare(self, name: str, upload: bytes, path: str) -> bool:
        if Picture.objects.filter(name=name).exists():
            self.prepared[name] = (upload, None)
            return True
        try:
            self.prepared[name] = (upload, prepare_picture(upload))
        except ValidationError as error:
            self.remark(_("Das Bild „{path}“ entfällt: {reason}").format(path=path[:60], reason=error.messages[0]))
            return False
        return True

    def _size(self, name: str) -> tuple[int, int]:
        _upload, prepared = self.prepared.get(name, (b"", None))
        if prepared is not None:
            return prepared.width, prepared.height
        known = Picture.objects.get(name=name)
        return known.width, known.height


def _language(attributes: list[Any]) -> str:
    known = {name: value for name, value in attributes[2] if name in ("lang", "dir")}
    return "".join(f' {name}="{escape(value)}"' for name, value in known.items())


def _has_words(row: list[Any]) -> bool:
    return any(cell[4] for cell in row[1])


def text_of(inlines: list[Pandoc]) -> str:
    """Return words only."""
    text = ""
    for inline in inlines:
        content = inline.get("c")
        match inline["t"]:
            case "Str":
                text += content
            case "Space" | "SoftBreak" | "LineBreak":
                text += " "
            case "Code" | "Math":
                text += content[1]
            case "Quoted":
                text += _QUOTES[content[0]["t"]].format(text_of(content[1]))
            case "Link" | "Span" | "Cite":
                text += text_of(content[1])
            case "Emph" | "Strong" | "Underline" | "Strikeout" | "SmallCaps" | "Superscript" | "Subscript":
                text += text_of(content)
    return text
