"""The review queue: what waits for a decision, oldest first, and one page to decide on."""

import json
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vielfalt.listings import actions
from vielfalt.listings.desk import Figure, Item, Panel
from vielfalt.listings.models import ChangeRequest, RequestState
from vielfalt.listings.models.requests import OPEN
from vielfalt.listings.permissions import kinds_reviewed_by
from vielfalt.listings.proposals import conflicts, differences, target_of
from vielfalt.listings.review import OWNERS, REVIEW_PERMISSION, TRANSITIONS, Side, why_not

DONE = {
    "accept": _("Angenommen. Wir haben es dem*der Absender*in geschrieben."),
    "ask": _("Die Frage ist unterwegs."),
    "reject": _("Abgelehnt. Wir haben den Grund geschrieben."),
}
SHOWN = 6


class TurnFilter(admin.SimpleListFilter):
    """Whose turn it is; without a choice what the centre has to decide."""

    title = _("Wer ist dran?")
    parameter_name = "dran"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("absender", _("Absender*in")), ("fertig", _("entschieden")), ("alle", _("alle"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Redaktion")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "absender":
                return queryset.filter(state=RequestState.QUESTION)
            case "fertig":
                return queryset.exclude(state__in=OPEN)
            case "alle":
                return queryset
        return queryset.filter(state=RequestState.SUBMITTED)


@admin.register(ChangeRequest)
class ChangeRequestAdmin(admin.ModelAdmin):
    importance = 1
    list_display: ClassVar = ("target_name", "kind", "state_badge", "turn", "submitted_at", "sender")
    list_filter: ClassVar = (TurnFilter, "kind")
    list_select_related: ClassVar = ("author",)
    list_per_page = 50
    search_fields: ClassVar = ("target_name", "message", "author__email", "author_email")
    ordering: ClassVar = ("submitted_at", "pk")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeRequest]:
        # Who has not confirmed the address has not written to the centre yet.
        written = super().get_queryset(request).exclude(state=RequestState.UNCONFIRMED)
        return written.reviewable_by(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Änderungsanträge"), **(extra_context or {})})

    @admin.display(description=_("Stand"), ordering="state")
    def state_badge(self, message: ChangeRequest) -> SafeString:
        return format_html('<span class="badge badge-{}">{}</span>', message.state, message.get_state_display())

    @admin.display(description=_("dran ist"))
    def turn(self, message: ChangeRequest) -> str:
        return str(OWNERS[RequestState(message.state)].label)

    @admin.display(description=_("von"))
    def sender(self, message: ChangeRequest) -> str:
        return str(message.author or message.author_email or _("gelöschtes Konto"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one request and take the decision about it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        message = self.get_object(request, object_id)
        if message is None:
            raise Http404
        problem = ""
        if request.method == "POST":
            if not self.has_change_permission(request, message):
                raise PermissionDenied
            try:
                return self._decide(request, message)
            except (actions.NotAllowedError, ValidationError) as error:
                problem = _sentence(error)
            except actions.ConflictError:
                problem = gettext("Der Eintrag hat sich geändert. Bitte entscheiden Sie unten, was gelten soll.")
            message.refresh_from_db()
        return self._page(request, message, problem)

    def _decide(self, request: HttpRequest, message: ChangeRequest) -> HttpResponse:
        action, reason = request.POST.get("action", ""), request.POST.get("reason", "")
        match action:
            case "accept":
                decisions = _decisions(request, message)
                actions.accept(request=message, by=request.user, reason=reason, decisions=decisions)
            case "ask":
                actions.ask(request=message, by=request.user, reason=reason)
            case "reject":
                actions.reject(request=message, by=request.user, reason=reason)
            case "note":
                if text := request.POST.get("note", "").strip():
                    actions.note(request=message, text=text, by=request.user)
                return redirect(request.path)
            case _:
                raise Http404
        self.log_change(request, message, str(TRANSITIONS[action].label))
        self.message_user(request, DONE[action], messages.SUCCESS)
        upcoming = ChangeRequest.objects.reviewable_by(request.user).awaiting_review().first()
        if upcoming is None:
            return redirect("admin:listings_changerequest_changelist")
        return redirect("admin:listings_changerequest_change", upcoming.pk)

    def _page(self, request: HttpRequest, message: ChangeRequest, problem: str) -> HttpResponse:
        target = target_of(message)
        found = []
        if message.is_open and target is not None and message.kind == ChangeRequest.Kind.CHANGE:
            found = conflicts(message, target)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(message),
            "original": message,
            "request_": message,
            "sender": self.sender(message),
            "turn": self.turn(message),
            "target": target,
            "target_url": _admin_url(target),
            "changes": differences(message, target),
            "conflicts": [(conflict, json.dumps(conflict.current_value)) for conflict in found],
            "steps": [
                (step, TRANSITIONS[step.action].label, _who(step)) for step in message.steps.select_related("by")
            ],
            "notes": message.internal_notes.select_related("by"),
            "refusals": {action: why_not(message, action, by=request.user) for action in ("accept", "ask", "reject")},
            "may_change": self.has_change_permission(request, message),
            "problem": problem,
            "reason": request.POST.get("reason", ""),
            "note_text": request.POST.get("note", ""),
        }
        return TemplateResponse(request, "admin/listings/changerequest/review.html", context)


def _decisions(request: HttpRequest, message: ChangeRequest) -> dict[str, actions.Decision]:
    """Read which value shall be true of each field in conflict, and which value was shown for it."""
    chosen = {}
    for name in message.proposed:
        choice, seen = request.POST.get(f"choice-{name}"), request.POST.get(f"seen-{name}")
        if choice in ("proposed", "current") and seen is not None:
            try:
                chosen[name] = actions.Decision(take_proposal=choice == "proposed", seen=json.loads(seen))
            except json.JSONDecodeError as error:
                raise Http404 from error
    return chosen


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)


def _who(step: Any) -> str:
    side = Side(step.side).label
    return f"{side} ({step.by})" if step.by else str(side)


def _admin_url(target: Any) -> str:
    if target is None:
        return ""
    return reverse(f"admin:{target._meta.app_label}_{target._meta.model_name}_change", args=[target.pk])


def panels(request: HttpRequest) -> list[Panel]:
    """Put what waits for a decision on the desk, for those who may decide."""
    if not (request.user.has_perm(REVIEW_PERMISSION) and kinds_reviewed_by(request.user)):
        return []
    mine = ChangeRequest.objects.reviewable_by(request.user)
    waiting = mine.awaiting_review()
    numbers = mine.order_by().aggregate(
        waiting=Count("pk", filter=Q(state=RequestState.SUBMITTED)),
        asked=Count("pk", filter=Q(state=RequestState.QUESTION)),
    )
    queue = reverse("admin:listings_changerequest_changelist")
    return [
        Panel(
            slug="requests",
            title=gettext("Änderungsanträge"),
            hint=gettext("Vorschläge, Anmeldungen und gemeldete Fehler, die ältesten zuerst"),
            nothing=gettext("Nichts zu entscheiden. Schön!"),
            figures=[
                Figure(gettext("zu entscheiden"), numbers["waiting"], queue),
                Figure(gettext("warten auf Antwort"), numbers["asked"], f"{queue}?dran=absender"),
            ],
            items=[
                Item(
                    str(message),
                    gettext("eingereicht am {day}").format(day=date_format(localtime(message.submitted_at), "j. F Y")),
                    reverse("admin:listings_changerequest_change", args=[message.pk]),
                )
                for message in waiting[:SHOWN]
            ],
        )
    ]
