"""The form for pictures of carriers."""

from lotsen.models import CarrierPicture
from vielfalt.pictures.forms import PictureForm


class CarrierPictureForm(PictureForm):
    """A picture with its place, for the admin."""

    class Meta(PictureForm.Meta):
        model = CarrierPicture
