"""Forms of the accounts."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.db import models
from django.utils.translation import gettext_lazy as _

from vielfalt.accounts import actions
from vielfalt.accounts.models import ROLE_HINTS, AbstractInvitation, Role, User


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey that replaces the password, unless somebody wants it otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name, zum Beispiel „Diensthandy“")
        self.fields["passwordless"].initial = True


class InviteForm(forms.Form):
    """Invites an address to a team; ``save`` sends the mail."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse"), widget=forms.EmailInput(attrs={"autocomplete": "off"}), max_length=254
    )
    role = forms.ChoiceField(
        label=_("Rolle"),
        choices=[(role.value, f"{role.label}: {ROLE_HINTS[role]}") for role in reversed(Role)],
        initial=Role.EDITOR,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, organisation: models.Model, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if self.organisation.memberships.filter(user__email=email).exists():
            raise forms.ValidationError(_("Diese Adresse gehört schon zum Team."), code="member")
        return email

    def save(self, *, by: User) -> AbstractInvitation:
        return actions.invite(by=by, organisation=self.organisation, **self.cleaned_data)


class NewAccountForm(forms.Form):
    """What somebody who was invited tells for a new account."""

    name = forms.CharField(
        label=_("Name oder Rolle"),
        max_length=200,
        help_text=_("So sehen Sie Ihr Team und das Kompetenzzentrum, zum Beispiel „Koordination“."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Passwort"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Mindestens 8 Zeichen. Ohne Passwort richten Sie im nächsten Schritt einen Passkey ein."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("password"):
            account = User(email=self.email, name=data.get("name", ""))
            try:
                password_validation.validate_password(data["password"], account)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class NameForm(forms.ModelForm):
    """How others see an account."""

    class Meta:
        model = User
        fields = ("name",)


class LeaveForm(forms.Form):
    """Asks once more before an account ends."""

    sure = forms.BooleanField(label=_("Ja, ich möchte mein Konto löschen."))
