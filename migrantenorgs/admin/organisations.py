"""Migrant organisations with everything that belongs to them on one page."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from migrantenorgs.actions import give_consent, withdraw_consent
from migrantenorgs.models import (
    ConsentGiven,
    MigrantOrganisation,
    MigrantOrganisationInternal,
    MigrantOrganisationPicture,
)
from migrantenorgs.models.organisations import CONSENT
from migrantenorgs.pictures import MigrantOrganisationPictureForm
from migrantenorgs.spreadsheets.organisations import ORGANISATIONS
from vielfalt.accounts.models import User
from vielfalt.listings.admin import (
    CompletenessFilter,
    FreshnessFilter,
    HistoryPages,
    PublishingActions,
    QuestionFilter,
    RefusableForm,
    RefusalError,
    SpellingSearch,
    SpreadsheetViews,
    TeamViews,
    TwinViews,
    WorkFilter,
    freshness,
    missing,
    preview,
    state_badge,
)
from vielfalt.listings.recording import ON_BEHALF, changes_by
from vielfalt.listings.review_forms import PlaceChoiceField, PostalCodeField
from vielfalt.pictures.admin import PictureInline

ONLY_THEMSELVES = _("Online willigt nur die Organisation selbst ein. Haben Sie einen Bogen, wählen Sie „auf Papier“.")


class OrganisationPictureInline(PictureInline):
    model = MigrantOrganisationPicture
    form = MigrantOrganisationPictureForm


class OrganisationInternalInline(admin.StackedInline):
    model = MigrantOrganisationInternal
    form = RefusableForm
    verbose_name = _("Intern – erscheint nie öffentlich")
    verbose_name_plural = _("Intern – erscheint nie öffentlich")
    classes: ClassVar = ("internal",)
    fields: ClassVar = (
        "form_received_on",
        ("contact_name", "contact_email", "contact_phone"),
        ("deputy_name", "deputy_email", "deputy_phone"),
        "note",
    )


class ContactFilter(admin.SimpleListFilter):
    """Whether readers see the contact data: the organisations that agreed to it, and those that did not."""

    title = _("Kontakt")
    parameter_name = "kontakt"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("oeffentlich", _("öffentlich")), ("nicht", _("nicht öffentlich"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        match self.value():
            case "oeffentlich":
                return queryset.exclude(contact_consent_on=None)
            case "nicht":
                return queryset.filter(contact_consent_on=None)
        return None


@admin.register(MigrantOrganisation)
class MigrantOrganisationAdmin(HistoryPages, SpreadsheetViews, TeamViews, TwinViews, PublishingActions, SpellingSearch):
    """No filter asks for origin or religion, and none must."""

    importance = 1
    sheet = ORGANISATIONS
    list_display: ClassVar = (
        "name",
        "legal_form",
        "municipality",
        "visibility",
        state_badge,
        freshness,
        missing,
        preview,
    )
    list_filter: ClassVar = (
        WorkFilter,
        "state",
        "visibility",
        ContactFilter,
        CompletenessFilter,
        FreshnessFilter,
        QuestionFilter,
        "legal_form",
        "reach",
        "fields_of_action",
        "municipality__district",
        "languages",
    )
    list_per_page = 50
    search_fields: ClassVar = ("match_key", "short_name__match_key", "municipality__match_key", "email__match_key")
    radio_fields: ClassVar = {"visibility": admin.VERTICAL}
    inlines: ClassVar = (OrganisationPictureInline, OrganisationInternalInline)
    readonly_fields: ClassVar = ("created_at", "updated_at")
    fieldsets: ClassVar = (
        (None, {"fields": ("name", "short_name", ("legal_form", "founded_in"), ("state", "confirmed_on"))}),
        (
            _("Wer das sieht – entscheidet die Organisation"),
            {
                "fields": ("visibility", ("contact_consent_on", "contact_consent_by")),
                "description": _(
                    "Ändern Sie hier nur, was die Organisation Ihnen gesagt oder geschrieben hat. "
                    "Ohne Einwilligung bleiben Telefon, E-Mail, Website und Sprechzeiten intern."
                ),
            },
        ),
        (_("Name in eigener Schrift"), {"fields": (("own_name", "own_name_language"), "transliteration")}),
        (_("Anschrift"), {"fields": ("street", "postal_code", "municipality", ("latitude", "longitude"))}),
        (
            _("Kontakt – öffentlich nur mit Einwilligung"),
            {"fields": ("phone", "email", "website", "opening_hours", "by_appointment")},
        ),
        (_("Wofür und für wen"), {"fields": ("reach", "fields_of_action", "target_groups", "languages")}),
        (_("Texte"), {"fields": ("description", "description_easy", "offers", "networks")}),
        (_("Adresse der Seite und Verlauf"), {"fields": ("slug", ("created_at", "updated_at"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[MigrantOrganisation]:
        return (
            super()
            .get_queryset(request)
            .select_related("legal_form", "municipality")
            .prefetch_related("fields_of_action")
            .defer("search", "municipality__outline")
        )

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Ask for the place as everywhere else in the portal."""
        match db_field.name:
            case "municipality":
                return PlaceChoiceField()
            case "postal_code":
                return PostalCodeField()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        """Show all words of a vocabulary at once, with boxes that everybody can use."""
        return super().formfield_for_manytomany(db_field, request, **kwargs, widget=CheckboxSelectMultiple)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Let the history say when the staff enter what an organisation sent on paper."""
        with _on_behalf(request) if object_id is None else nullcontext():
            return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: MigrantOrganisation, form: ModelForm, change: bool) -> None:
        """Save; a consent of an entry that is there is given or withdrawn by its own action."""
        before = MigrantOrganisation.objects.filter(pk=obj.pk).values_list(*CONSENT).first() if change else None
        super().save_model(request, obj, form, change)
        wanted = (obj.contact_consent_on, obj.contact_consent_by)
        if wanted == (before or (None, "")):
            return
        if obj.contact_consent_by == ConsentGiven.ONLINE:
            raise RefusalError({"": {"contact_consent_by": gettext(ONLY_THEMSELVES)}})
        if change:
            _settle_consent(obj, by=request.user)


def _on_behalf(request: HttpRequest) -> AbstractContextManager:
    if request.method == "POST" and request.POST.get("internal-0-form_received_on"):
        return changes_by(request.user, via=ON_BEHALF)
    return nullcontext()


def _settle_consent(organisation: MigrantOrganisation, *, by: User) -> None:
    day, how = organisation.contact_consent_on, organisation.contact_consent_by
    if day is None:
        withdraw_consent(organisation=organisation, by=by)
    else:
        give_consent(organisation=organisation, how=ConsentGiven(how), on=day, by=by)
