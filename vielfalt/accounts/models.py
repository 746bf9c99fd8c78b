"""People who log in, and what makes them members of an organisation."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol, Self

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic():
            user.save(using=self._db)
            user.vouch_for_address()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in with an e-mail address; most accounts stand for a role, not a person."""

    email = models.EmailField(
        _("E-Mail-Adresse"), unique=True, error_messages={"unique": _("Diese E-Mail-Adresse hat schon ein Konto.")}
    )
    name = models.CharField(_("Name oder Rolle"), max_length=200, blank=True)
    is_active = models.BooleanField(
        _("aktiv"), default=True, help_text=_("Wer nicht aktiv ist, kann sich nicht anmelden.")
    )
    is_staff = models.BooleanField(_("Redaktion"), default=False, help_text=_("Darf die Verwaltung öffnen."))
    gets_reminders = models.BooleanField(
        _("Erinnerungen per E-Mail"),
        default=True,
        help_text=_("Ohne Erinnerungen kommen weiter alle Mails zum Konto, zum Beispiel ein neues Passwort."),
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Konto")
        verbose_name_plural = _("Konten")

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """How Django's admin greets somebody."""
        return str(self)

    def vouch_for_address(self) -> None:
        """Let the log-in take ``email`` for this person's: they were invited there, or staff say so."""
        addresses = apps.get_model("account", "EmailAddress").objects
        addresses.filter(user=self).exclude(email=self.email).delete()
        addresses.update_or_create(user=self, email=self.email, defaults={"verified": True, "primary": True})


class Role(models.TextChoices):
    """What a member may do for their organisation."""

    MANAGER = "leitung", _("Leitung")
    EDITOR = "mitarbeit", _("Mitarbeit")


ROLE_HINTS = {
    Role.MANAGER: _("darf bearbeiten, einladen und entfernen"),
    Role.EDITOR: _("darf bearbeiten"),
}


class Organisation(Protocol):
    """What has a team: any model that a domain's membership and invitation point to."""

    memberships: Any
    invitations: Any
    teams: "list[MembershipQuerySet]"
    """The members of everybody who looks after it, its own first: it may be the same as another organisation."""


class MembershipQuerySet(models.QuerySet):
    """Members of organisations."""

    def active(self) -> Self:
        """Members who can log in."""
        return self.filter(user__is_active=True)

    def managers(self) -> Self:
        """Members who can log in and manage the others."""
        return self.active().filter(role=Role.MANAGER)

    def of(self, user: object) -> Self:
        """What ``user`` is a member of."""
        return self.filter(user=user)


class AbstractMembership(models.Model):
    """That a person works for an organisation, in a role.

    A domain's own class adds the foreign key ``organisation`` with ``related_name="memberships"``.
    """

    organisation: Organisation
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("Konto"))
    role = models.CharField(_("Rolle"), max_length=20, choices=Role, default=Role.EDITOR)
    created_at = models.DateTimeField(_("dabei seit"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("Mitglied im Team")
        verbose_name_plural = _("Team")
        ordering: ClassVar = ["role", "created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user"], name="%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


def hash_token(token: str) -> str:
    """Return what the database keeps of a token, so that nobody who reads the database can use it."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    """Invitations to organisations."""

    def open(self) -> Self:
        """Invitations whose link still works."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def expired_before(self, moment: datetime) -> Self:
        """Invitations that nobody has used, and whose link stopped working before ``moment``."""
        return self.filter(used_at=None, expires_at__lt=moment)

    def with_token(self, token: str) -> Self:
        """The invitation that ``token`` belongs to, whether it still works or not."""
        return self.filter(token_hash=hash_token(token))


def _expiry() -> datetime:
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


class AbstractInvitation(models.Model):
    """A link by mail that makes somebody a member, once.

    A domain's own class adds the foreign key ``organisation`` with ``related_name="invitations"``.
    """

    organisation: Organisation
    email = models.EmailField(_("E-Mail-Adresse"))
    role = models.CharField(_("Rolle"), max_length=20, choices=Role, default=Role.EDITOR)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("eingeladen von")
    )
    created_at = models.DateTimeField(_("eingeladen am"), auto_now_add=True)
    expires_at = models.DateTimeField(_("gilt bis"), default=_expiry)
    used_at = models.DateTimeField(_("angenommen am"), null=True, blank=True)
    used_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("angenommen von")
    )
    asked_again_at = models.DateTimeField(_("neuer Link gewünscht am"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(used_by=None) | models.Q(used_at__isnull=False), name="%(class)s_used_by_with_time"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        return self.used_at is None and self.expires_at > timezone.now()

    def new_token(self) -> str:
        """Set a new random token and return it; only its hash is kept."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hash_token(token)
        return token


def membership_models() -> list[type[Any]]:
    """The memberships of all domains."""
    return [model for model in apps.get_models() if issubclass(model, AbstractMembership)]


def invitation_models() -> list[type[Any]]:
    """The invitations of all domains."""
    return [model for model in apps.get_models() if issubclass(model, AbstractInvitation)]


def memberships_of(user: User) -> list[AbstractMembership]:
    """Everything ``user`` is a member of, in all domains."""
    return [
        membership
        for model in membership_models()
        for membership in model._default_manager.filter(user=user).select_related("organisation")
    ]
