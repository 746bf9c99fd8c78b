"""What becomes of an uploaded file."""

import io
import struct
import zlib
from contextlib import suppress
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from tests.pictures.files import BLUE, RED, drawing, encoded, with_place
from vielfalt.pictures.preparing import MOST_BYTES, prepare


def prepared(content, **options):
    return prepare(io.BytesIO(content), size=len(content), **options)


def refusal(content, **options):
    with pytest.raises(ValidationError) as caught:
        prepared(content, **options)
    return caught.value.code


def opened(content):
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def near(colour, other):
    return all(abs(one - two) < 25 for one, two in zip(colour, other, strict=False))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_become_webp_in_two_sizes(kind):
    result = prepared(encoded(drawing((3000, 2000)), kind))
    large, small = opened(result.large), opened(result.small)
    assert (large.format, large.size, small.size) == ("WEBP", (1600, 1067), (640, 427))
    assert (result.width, result.height) == (1600, 1067)
    assert near(large.convert("RGB").getpixel((10, 10)), BLUE)
    assert near(large.convert("RGB").getpixel((1500, 1000)), RED)


def test_small_pictures_stay_small_and_logos_are():
    assert opened(prepared(encoded(drawing((20, 10)))).large).size == (20, 10)
    assert opened(prepared(encoded(), is_logo=True).large).size == (480, 320)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PDF", "ICO"])
def test_other_formats_are_refused(kind):
    assert refusal(encoded(drawing((64, 64)), kind)) == "wrong_type"


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"<html><script>alert(1)</script>",
        b"GIF89a",
        b"x",
    ],
)
def test_what_is_no_picture_is_refused(content):
    assert refusal(content) == "wrong_type"


def test_the_reasons_are_sentences():
    with pytest.raises(ValidationError, match="GIF, SVG und HEIC gehen nicht"):
        prepared(b"GIF89a")
    with pytest.raises(ValidationError, match=r"Diese Datei ist 5,0 MB groß\. Bitte höchstens 5 MB\."):
        prepare(io.BytesIO(), size=MOST_BYTES + 1)


def test_five_megabytes_and_one_byte():
    content = encoded()
    assert prepared(content + bytes(MOST_BYTES - len(content)))
    assert refusal(content + bytes(MOST_BYTES - len(content) + 1)) == "too_big"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_places_cameras_and_remarks_are_gone(kind):
    options = {"exif": with_place(), "comment": b"GEHEIM", "xmp": b"<x:xmpmeta>GEHEIM</x:xmpmeta>"}
    if kind == "PNG":
        options = {"exif": with_place(), "pnginfo": PngImagePlugin.PngInfo()}
        options["pnginfo"].add_text("Comment", "GEHEIM")
    content = encoded(drawing(), kind, **options)
    assert b"GEHEIMKAMERA" in content
    assert opened(content).getexif().get_ifd(0x8825)
    result = prepared(content)
    for file in (result.large, result.small):
        assert b"GEHEIM" not in file
        assert not opened(file).getexif()
        assert opened(file).info.keys() <= {"loop", "background", "timestamp", "duration"}
        assert all(chunk not in file for chunk in (b"EXIF", b"Exif", b"XMP ", b"ICCP"))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_right_way_up(orientation):
    content = encoded(drawing((400, 200)), exif=with_place(orientation))
    upright = ImageOps.exif_transpose(opened(content))
    picture = opened(prepared(content).large).convert("RGB")
    assert picture.size == upright.size
    width, height = picture.size
    for place in ((5, 5), (width - 5, 5), (5, height - 5), (width - 5, height - 5)):
        assert near(picture.getpixel(place), upright.getpixel(place))


def test_transparency_stays():
    picture = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert opened(prepared(encoded(picture, "PNG")).large).convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_every_kind_of_png(mode):
    assert prepared(encoded(Image.new(mode, (50, 40)), "PNG")).width == 50


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_every_kind_of_jpeg(mode):
    assert prepared(encoded(Image.new(mode, (50, 40)), "JPEG")).width == 50


def test_a_colour_profile_is_applied_and_removed():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert prepared(encoded(drawing(), icc_profile=profile)).width == 1200
    assert prepared(encoded(drawing(), icc_profile=b"no profile at all")).width == 1200


def png_of(width, height):
    """The head of a PNG that says it is that large, with hardly any data."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(10_000, 5_001), (12_000, 12_000), (60_000, 60_000), (2**31 - 1, 1)])
def test_pixel_bombs_are_refused_before_they_unfold(size):
    assert refusal(png_of(*size)) == "too_many_pixels"


def test_a_real_bomb():
    content = encoded(Image.new("1", (8000, 7000)), "PNG")
    assert len(content) < 50_000
    assert refusal(content) == "too_many_pixels"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_truncated_files_are_refused(kind):
    content = encoded(drawing(), kind)
    for share in (0.05, 0.3, 0.6, 0.9):
        assert refusal(content[: int(len(content) * share)]) in {"broken", "wrong_type"}


def test_truncated_files_are_refused_by_a_process_that_has_made_a_pdf():
    import_module("vielfalt.documents.engine")
    test_truncated_files_are_refused("JPEG")


DAMAGE = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=60, deadline=None)
@given(damage=DAMAGE)
def test_damaged_files_are_refused_or_shown_and_nothing_else(kind, damage):
    content = bytearray(encoded(drawing((200, 100)), kind, exif=with_place()))
    for place, value in damage:
        content[int(place * len(content))] = value
    with suppress(ValidationError):
        prepared(bytes(content))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("JPEG", b"<script>alert('GEHEIM')</script>"),
        ("PNG", b"PK\x03\x04GEHEIM.zip"),
        ("WEBP", b"<?php echo 'GEHEIM'; ?>"),
    ],
)
def test_files_that_are_two_things_at_once_come_out_as_one(kind, more):
    result = prepared(encoded(drawing(), kind) + more)
    assert b"GEHEIM" not in result.large + result.small


def test_a_script_in_the_comment_of_a_jpeg():
    content = encoded(drawing(), comment=b"*/=alert('GEHEIM')/*")
    assert b"GEHEIM" in content
    assert b"GEHEIM" not in prepared(content).large
