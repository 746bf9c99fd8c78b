"""What this portal wants differently from django-allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, staff land at their desk, and mails have an HTML version."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        message = super().render_mail(template_prefix, email, context, headers)
        if isinstance(message, EmailMultiAlternatives) and not message.alternatives:
            page = {"subject": message.subject, "text": message.body}
            message.attach_alternative(
                render_to_string("account/email/message.html", page, allauth_context.request), "text/html"
            )
        return message


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names that people recognise in their app and in their browser."""

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        return _("Kompetenzzentrum Vielfalt Hessen")

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002 - allauth's own name
        number = user.authenticator_set.filter(type=type).count() + 1
        return _("Passkey {number}").format(number=number) if number > 1 else _("Passkey")
