"""Change requests: what somebody would like to have changed, until the centre decides."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vielfalt.accounts.models import User
from vielfalt.listings.permissions import kinds_reviewed_by

UNCONFIRMED_DAYS = 3
"""How long the link works that confirms a sender's address; what was sent is then forgotten."""


class RequestState(models.TextChoices):
    """Where a request stands; ``vielfalt.listings.review`` says who may move it on."""

    UNCONFIRMED = "entwurf", _("Adresse noch nicht bestätigt")
    SUBMITTED = "eingereicht", _("Eingereicht")
    QUESTION = "rueckfrage", _("Rückfrage")
    ACCEPTED = "angenommen", _("Angenommen")
    REJECTED = "abgelehnt", _("Abgelehnt")
    WITHDRAWN = "zurueckgezogen", _("Zurückgezogen")


OPEN = (RequestState.SUBMITTED, RequestState.QUESTION)


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def open(self) -> Self:
        """Requests that nobody has decided yet."""
        return self.filter(state__in=OPEN)

    def awaiting_review(self) -> Self:
        """What the centre has to decide next, oldest first."""
        return self.filter(state=RequestState.SUBMITTED).order_by("submitted_at", "pk")

    def reviewable_by(self, user: User) -> Self:
        """Requests about kinds of entries that ``user`` may change as staff; to them there are no others."""
        return self.filter(target_kind__in=kinds_reviewed_by(user))

    def of(self, user: User) -> Self:
        """Requests that ``user`` has made while logged in."""
        return self.filter(author=user)

    def about(self, *entries: models.Model) -> Self:
        """Requests that concern one of the entries."""
        conditions = [models.Q(target_kind=entry._meta.label_lower, target_id=entry.pk) for entry in entries]
        return self.filter(models.Q(*conditions, _connector=models.Q.OR)) if conditions else self.none()

    def sent_since(self, moment: datetime) -> Self:
        """Messages of people without an account, confirmed or not."""
        return self.filter(author=None, created_at__gte=moment)

    def forgotten(self) -> Self:
        """Messages whose sender has not confirmed the address in time: nobody may read them, so they must go."""
        since = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
        return self.filter(state=RequestState.UNCONFIRMED, created_at__lt=since)


class ChangeRequest(models.Model):
    """An edit, a new entry or a report of a mistake that waits for the centre's review.

    It names its entry without a foreign key, so that the decision stays readable when the entry
    is gone. Nothing of it is ever public.
    """

    class Kind(models.TextChoices):
        CHANGE = "aenderung", _("Änderung")
        NEW = "neu", _("Neuer Eintrag")
        ERROR = "fehler", _("Fehler gemeldet")

    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    state = models.CharField(_("Stand"), max_length=20, choices=RequestState)
    target_kind = models.CharField(_("betrifft"), max_length=100)
    target_id = models.BigIntegerField(_("Nummer des Eintrags"), null=True, blank=True)
    target_name = models.CharField(_("Eintrag"), max_length=200)
    proposed = models.JSONField(_("vorgeschlagen"), default=dict, blank=True)
    base = models.JSONField(_("was vorher da stand"), default=dict, blank=True)
    message = models.TextField(_("Nachricht"), blank=True)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="change_requests",
        verbose_name=_("von"),
    )
    author_email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    sender_network = models.CharField(
        _("Netz, verschlüsselt"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Nur um Massensendungen abzuwehren; nach einem Tag gelöscht."),
    )
    form_token = models.UUIDField(_("Kennzeichen des Formulars"), unique=True, null=True, blank=True)
    created_at = models.DateTimeField(_("geschrieben am"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("eingereicht am"), null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Änderungsantrag")
        verbose_name_plural = _("Änderungsanträge")
        ordering: ClassVar = ["submitted_at", "pk"]
        default_permissions = ("view", "change", "delete")
        indexes: ClassVar = [
            models.Index(fields=["state", "submitted_at"], name="change_request_queue"),
            models.Index(fields=["created_at"], name="change_request_age"),
            models.Index(fields=["target_kind", "target_id"], name="change_request_target"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="neu") | Q(target_id__isnull=False), name="change_request_has_its_entry"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.UNCONFIRMED, submitted_at=None, author=None)
                | (~Q(state=RequestState.UNCONFIRMED) & Q(submitted_at__isnull=False)),
                name="change_request_submitted_when_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target_name}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def address(self) -> str:
        """Where the author is told what became of it; empty when the person has been erased."""
        return self.author.email if self.author else self.author_email

    def is_by(self, user: User) -> bool:
        """Whether ``user`` wrote this, logged in or by the same address."""
        return self.author_id == user.pk or bool(self.author_email and self.author_email.lower() == user.email.lower())


class Step(models.Model):
    """One move of a request, with the words that went with it; author and centre both see it."""

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(_("Schritt"), max_length=20)
    reason = models.TextField(_("Begründung"), blank=True)
    side = models.CharField(_("Seite"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Schritt")
        verbose_name_plural = _("Schritte")
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.request}: {self.action}"


class InternalNote(models.Model):
    """What the centre writes down about a request for itself. No author ever sees it."""

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="internal_notes")
    text = models.TextField(_("interne Notiz"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("am"), auto_now_add=True)

    class Meta:
        verbose_name = _("interne Notiz")
        verbose_name_plural = _("interne Notizen")
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text
