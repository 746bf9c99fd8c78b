"""The forms for pictures of carriers."""

from typing import ClassVar

from lotsen.models import CarrierPicture
from vielfalt.pictures.forms import PictureForm


class CarrierPictureForm(PictureForm):
    """A picture with its place, for the admin."""

    class Meta(PictureForm.Meta):
        model = CarrierPicture


class OwnPictureForm(PictureForm):
    """A picture that a carrier uploads; its place follows from what it is."""

    class Meta(PictureForm.Meta):
        model = CarrierPicture
        fields: ClassVar = ("upload", "alt", "author", "licence")
