"""Forms with which the public writes to the centre about migrant organisations."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from migrantenorgs.review import NewMigrantOrganisationForm
from vielfalt.listings.forms import RegistrationForm, message_to_the_centre


class OrganisationRegistrationForm(RegistrationForm, NewMigrantOrganisationForm):
    """Everybody may ask to have a migrant organisation included."""

    new_form: ClassVar = NewMigrantOrganisationForm
    message = message_to_the_centre(
        _("Erscheint nicht öffentlich. Zum Beispiel: Wen können wir fragen, wenn etwas unklar ist?")
    )

    field_order = (*NewMigrantOrganisationForm.field_order, "message", "sender_email")
