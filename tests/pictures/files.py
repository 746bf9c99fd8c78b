"""Pictures as people upload them, and as nobody should."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def drawing(size=(1200, 800), mode="RGB", colour=RED):
    """A picture with a blue corner at its top left."""
    picture = Image.new(mode, size, colour)
    picture.paste(BLUE, (0, 0, size[0] // 4, size[1] // 4))
    return picture


def encoded(picture=None, kind="JPEG", **options):
    file = io.BytesIO()
    (picture or drawing()).save(file, kind, **options)
    return file.getvalue()


def upload(content=None, name="bild.jpg"):
    return SimpleUploadedFile(name, encoded() if content is None else content, content_type="image/jpeg")


def with_place(orientation=1):
    """Exif data that tell where a picture was taken, with what, and which way up it is."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "GEHEIMKAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 6.0, 12.0), 3: "E", 4: (8.0, 46.0, 1.0)})
    return exif
