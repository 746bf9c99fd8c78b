"""Takes in the pictures of texts."""

import hashlib
import io

from django.core.files.base import ContentFile

from leitfaden.models import Picture
from vielfalt.accounts.models import User
from vielfalt.pictures.models import Licence
from vielfalt.pictures.preparing import Prepared, prepare


def picture_name(upload: bytes) -> str:
    """Return the name of a picture: made of what was uploaded, so that the same picture is there once."""
    return hashlib.sha256(upload).hexdigest()[:32]


def prepare_picture(upload: bytes) -> Prepared:
    """Return an uploaded picture drawn anew; raise ``ValidationError`` with a sentence for what is none."""
    return prepare(io.BytesIO(upload), size=len(upload))


def keep_picture(
    *,
    upload: bytes,
    by: User | None,
    author: str = "",
    licence: Licence = Licence.OWN,
    prepared: Prepared | None = None,
) -> Picture:
    """Keep a picture for texts, unless it is there already."""
    name = picture_name(upload)
    found: Picture | None = Picture.objects.filter(name=name).first()
    if found is not None:
        return found
    drawn = prepared or prepare_picture(upload)
    picture = Picture(name=name, width=drawn.width, height=drawn.height, author=author, licence=licence, created_by=by)
    picture.file.save(f"{name}.webp", ContentFile(drawn.large), save=False)
    Picture.objects.bulk_create([picture], ignore_conflicts=True)
    kept: Picture = Picture.objects.get(name=name)
    return kept
