"""Forms with which the public writes to the centre about carriers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.review import NewCarrierForm
from vielfalt.listings.forms import SenderForm


class CarrierRegistrationForm(SenderForm, NewCarrierForm):
    """Everybody may ask to have a carrier included; the centre decides."""

    message = forms.CharField(
        label=_("Nachricht an das Kompetenzzentrum"),
        help_text=_("Erscheint nicht öffentlich. Zum Beispiel: In welchen Sprachen begleiten Sie, und wen?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    field_order = (*NewCarrierForm.base_fields, "message", "sender_email")

    def validate_unique(self) -> None:
        """Leave that to the centre: a refusal here would tell of entries that are not public yet."""

    @property
    def proposed(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in NewCarrierForm.base_fields}
