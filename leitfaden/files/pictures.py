"""The pictures of texts, and the forms of them that every reader and word processor knows."""

import base64
import io
import re
from collections.abc import Iterable

from PIL import Image

from leitfaden.markup.shaping import PICTURE
from leitfaden.models import Picture

QUALITY = 88
_SOURCE = re.compile(r'src="([^"]+)"')


def pictures_in(texts: Iterable[str]) -> dict[str, Picture]:
    """Return the pictures of texts by their address, in the order in which they come. One query."""
    names = {address: _name(address) for text in texts for address in _SOURCE.findall(text)}
    pictures = Picture.objects.in_bulk(names.values(), field_name="name")
    return {address: pictures[name] for address, name in names.items()}


def _name(address: str) -> str:
    match = PICTURE.match(address)
    if match is None:
        raise ValueError(f"{address} is no picture of a text")
    return match[1]


def content_of(picture: Picture) -> bytes:
    with picture.file.open() as file:
        content: bytes = file.read()
    return content


def embedded(picture: bytes) -> str:
    """Return a picture as an address that contains it: PNG or JPEG, whichever is smaller."""
    with Image.open(io.BytesIO(picture)) as image:
        drawn = _saved(image, "PNG", optimize=True)
        kind = "png"
        if "A" not in image.getbands():
            photograph = _saved(image.convert("RGB"), "JPEG", quality=QUALITY)
            if len(photograph) < len(drawn):
                drawn, kind = photograph, "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(drawn).decode()}"


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
