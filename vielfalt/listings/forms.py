"""Forms for people who write to the centre, with or without an account."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.actions import Sender
from vielfalt.listings.senders import SHORTEST_SECONDS, new_token, read_token


class SenderForm(forms.Form):
    """What every public form has: who sends it, and what keeps programs out. Nothing typed is ever lost."""

    sender_email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        help_text=_("Wir schicken Ihnen einen Link zum Bestätigen und sagen Ihnen, was daraus wird."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    betreff = forms.CharField(label=_("Bitte leer lassen"), required=False)
    """Hidden from people, so only programs fill it in."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user if user.is_authenticated else None
        self.identity: UUID | None = None
        if self.user:
            del self.fields["sender_email"]

    @property
    def token(self) -> str:
        """The same for every try of one form, or a new one where there is none that counts."""
        sent = self.data.get("form_token", "")
        return sent if read_token(sent) else new_token()

    def visible(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "betreff"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("betreff"):
            raise ValidationError(_("Bitte lassen Sie das versteckte Feld leer und senden Sie noch einmal."))
        token = read_token(self.data.get("form_token", ""))
        # Who has mistakes to correct sends again anyway.
        if not self.errors and (token is None or token[1] < SHORTEST_SECONDS):
            raise ValidationError(_("Das ging für uns zu schnell oder lag zu lange. Bitte senden Sie noch einmal."))
        self.identity = token[0] if token else None
        return cleaned

    def sender(self, network: str) -> Sender:
        """Return who sends this; only for a valid form."""
        email = self.cleaned_data.get("sender_email", "")
        return Sender(self.user, email, network="" if self.user else network, form_token=self.identity)


class ErrorReportForm(SenderForm):
    """What is wrong with an entry."""

    message = forms.CharField(
        label=_("Was stimmt nicht?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Zum Beispiel: Die Telefonnummer hat sich geändert. Wenn Sie es wissen: Was wäre richtig?"),
    )

    field_order = ("message", "sender_email")


def message_to_the_centre(help_text: str | Promise) -> forms.CharField:
    """Return the field for what somebody tells the centre beside the entry itself."""
    return forms.CharField(
        label=_("Nachricht an das Kompetenzzentrum"),
        help_text=help_text,
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RegistrationForm(SenderForm):
    """Everybody may ask to have an organisation included; the centre decides.

    A domain mixes this into its form for new entries, names that one, and adds ``message``.
    """

    new_form: ClassVar[type[forms.ModelForm]]

    def validate_unique(self) -> None:
        """Leave that to the centre: a refusal here would tell of entries that are not public yet."""

    @property
    def proposed(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.new_form.base_fields}


class AnswerForm(forms.Form):
    """An author's answer to a question."""

    reason = forms.CharField(label=_("Ihre Antwort"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
