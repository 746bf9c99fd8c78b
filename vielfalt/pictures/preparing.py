"""Turns what somebody uploads into files that the portal can show: small, harmless and without metadata.

Nothing of an upload is kept but its pixels. They are drawn anew, so that places and names of
cameras and people, and whatever else was hidden in or behind the picture, are gone.
"""

import io
import struct
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
LARGE, SMALL, LOGO = 1600, 640, 480
"""The longer side, in pixels."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture the right way up, by the orientation that its camera wrote down."""

_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    ZeroDivisionError,
    OverflowError,
    MemoryError,
    struct.error,
)
"""What Pillow's decoders raise for damaged files."""


@dataclass(frozen=True)
class Prepared:
    """A picture in the two sizes in which the portal serves it, both WebP."""

    large: bytes
    small: bytes
    width: int
    height: int


def prepare(upload: IO[bytes], *, size: int, is_logo: bool = False) -> Prepared:
    """Return the uploaded picture (``size`` bytes) drawn anew; raise ``ValidationError`` with a sentence otherwise."""
    if size > MOST_BYTES:
        megabytes = number_format(size / 1024 / 1024, 1)
        raise ValidationError(
            _("Diese Datei ist {size} MB groß. Bitte höchstens 5 MB.").format(size=megabytes), code="too_big"
        )
    picture = _decode(upload)
    longest = LOGO if is_logo else LARGE
    large = _drawn_anew(picture, longest)
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Prepared(_webp(large), _webp(small), large.width, large.height)


def _decode(upload: IO[bytes]) -> Image.Image:
    """Open the file as what its content says it is, whatever its name, and read it to the end."""
    try:
        picture = Image.open(upload, formats=FORMATS)
        # Known from the head of the file, before memory is needed for the pixels.
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_many_pixels()
        picture.draft("RGB", (2 * LARGE, 2 * LARGE))
        picture.load()
    except UnidentifiedImageError:
        raise ValidationError(
            _("Das ist kein Bild, das wir zeigen können. Bitte JPEG, PNG oder WebP; GIF, SVG und HEIC gehen nicht."),
            code="wrong_type",
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except _BROKEN:
        raise ValidationError(
            _("Dieses Bild ist beschädigt oder unvollständig. Bitte speichern Sie es neu und versuchen Sie es wieder."),
            code="broken",
        ) from None
    return picture


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("Dieses Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es, zum Beispiel auf 4000 × 3000."),
        code="too_many_pixels",
    )


def _drawn_anew(picture: Image.Image, longest: int) -> Image.Image:
    """Return a new picture with the same pixels, the right way up, in sRGB, and nothing else."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile, turn = picture.info.get("icc_profile"), _TURNS.get(_orientation(picture))
    if picture.mode not in ("RGB", "RGBA", "CMYK"):
        picture = picture.convert(mode)
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    if profile:
        picture = _in_srgb(picture, profile, mode)
    picture = picture.convert(mode)
    if turn is not None:
        picture = picture.transpose(turn)
    anew = Image.new(mode, picture.size)
    anew.paste(picture)
    return anew


def _orientation(picture: Image.Image) -> object:
    """Which way the camera was held; damaged data about a picture are no reason to refuse the picture."""
    try:
        return picture.getexif().get(ExifTags.Base.Orientation)
    except _BROKEN:
        return None


def _in_srgb(picture: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Without its profile, a picture in other colours than the web's would look pale."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return picture if changed is None else changed


def _webp(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=82, method=4)
    return file.getvalue()
