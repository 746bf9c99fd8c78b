"""The cover of the e-book, as a picture."""

import io
from functools import cache

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _
from fontTools.ttLib import woff2
from PIL import Image, ImageDraw, ImageFont

from leitfaden.files.book import Book

SMALLEST = 30
"""No line of the cover is written smaller."""
WIDTH, HEIGHT = 1200, 1600
BAND, LEFT, RIGHT = 90, 210, 80
GREEN, INK, MUTED, PAPER = "#1D6349", "#16202E", "#4A5768", "#FFFFFF"


def draw_cover(book: Book) -> bytes:
    """Return the same cover as on paper, as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, BAND, HEIGHT), fill=GREEN)
    pen.text((LEFT, 150), _("Kompetenzzentrum Vielfalt Hessen"), font=_font(600, 36), fill=GREEN)
    bottom = _lines(pen, book.title, top=480, size=92)
    pen.text((LEFT, bottom + 90), _("Ausgabe {label}").format(label=book.edition.label), font=_font(600, 48), fill=INK)
    pen.text((LEFT, bottom + 160), f"{book.date:%d.%m.%Y}", font=_font(400, 40), fill=MUTED)
    file = io.BytesIO()
    image.quantize(32, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _lines(pen: ImageDraw.ImageDraw, text: str, *, top: int, size: int) -> int:
    """Write ``text`` in lines, smaller if a word would not fit; return where it ends."""
    room = WIDTH - LEFT - RIGHT
    while size > SMALLEST and max(pen.textlength(word, font=_font(600, size)) for word in text.split()) > room:
        size -= 2
    line = ""
    for word in [*text.split(), ""]:
        longer = f"{line} {word}".strip()
        if word and pen.textlength(longer, font=_font(600, size)) <= room:
            line = longer
            continue
        pen.text((LEFT, top), line, font=_font(600, size), fill=GREEN)
        top += round(size * 1.15)
        line = word
    return top


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    name = f"vendor/fira-sans/fira-sans-latin-{weight}.woff2"
    packed, font = finders.find(name) or staticfiles_storage.path(name), io.BytesIO()
    with open(packed, "rb") as file:
        woff2.decompress(file, font)
    font.seek(0)
    return ImageFont.truetype(font, size, layout_engine=ImageFont.Layout.BASIC)
