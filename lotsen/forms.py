"""Forms with which the public writes to the centre about carriers."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from lotsen.review import NewCarrierForm
from vielfalt.listings.forms import RegistrationForm, message_to_the_centre


class CarrierRegistrationForm(RegistrationForm, NewCarrierForm):
    """Everybody may ask to have a carrier included."""

    new_form: ClassVar = NewCarrierForm
    message = message_to_the_centre(
        _("Erscheint nicht öffentlich. Zum Beispiel: In welchen Sprachen begleiten Sie, und wen?")
    )

    field_order = (*NewCarrierForm.base_fields, "message", "sender_email")
