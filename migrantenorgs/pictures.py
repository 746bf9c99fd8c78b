"""The form for pictures of migrant organisations."""

from migrantenorgs.models import MigrantOrganisationPicture
from vielfalt.pictures.forms import PictureForm


class MigrantOrganisationPictureForm(PictureForm):
    """A picture with its place, for the admin."""

    class Meta(PictureForm.Meta):
        model = MigrantOrganisationPicture
