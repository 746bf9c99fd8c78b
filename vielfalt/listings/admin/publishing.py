"""The bulk actions of everything that is published, and the filters that go with them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from vielfalt.listings import publishing
from vielfalt.listings.admin.guarding import GuardedForms, RefusalError
from vielfalt.listings.models import Entry, Organisation, State
from vielfalt.listings.requirements import lacks, requirements_of

MOST_NAMED = 20


class CompletenessFilter(admin.SimpleListFilter):
    """Entries that lack something for publication, and those that do not."""

    title = _("Vollständigkeit")
    parameter_name = "vollstaendig"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("nein", _("unvollständig")), ("ja", _("vollständig"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        incomplete = requirements_of(queryset.model).incomplete()
        match self.value():
            case "nein":
                return queryset.filter(incomplete)
            case "ja":
                return queryset.exclude(incomplete)
        return None


class QuestionFilter(admin.SimpleListFilter):
    """Organisations whose people do not answer reminders, or say that they no longer exist."""

    title = _("Nachfragen")
    parameter_name = "nachfragen"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("ja", _("bitte nachfragen"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.maintained().with_questions() if self.value() == "ja" else None


@admin.display(description=_("es fehlt"))
def missing(entry: Entry) -> str:
    """Return what an entry lacks for publication, for ``list_display``."""
    return "; ".join(lacks(entry))


@admin.display(description=_("Vorschau"))
def preview(organisation: Organisation) -> SafeString:
    """Return a link to the entry as readers see it, for ``list_display``."""
    return format_html(
        '<a href="{}">{} <span class="visually-hidden">{}</span></a>',
        organisation.get_absolute_url(),
        _("Vorschau"),
        organisation.name,
    )


class PublishingActions(GuardedForms):
    """Publish, make dormant and confirm what is selected; publishing in the form follows the same rules."""

    actions = ("publish", "make_dormant", "confirm")

    @admin.action(description=_("Veröffentlichen"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        result = publishing.publish(entries=queryset, by=request.user)
        if number := len(result.published):
            text = ngettext("%d Eintrag ist jetzt veröffentlicht.", "%d Einträge sind jetzt veröffentlicht.", number)
            self.message_user(request, text % number, messages.SUCCESS)
        if result.lacking:
            self.message_user(request, _refusal(result.lacking), messages.ERROR)

    @admin.action(description=_("Ruhend stellen"), permissions=["change"])
    def make_dormant(self, request: HttpRequest, queryset: QuerySet) -> None:
        number = publishing.make_dormant(entries=queryset, by=request.user)
        text = ngettext(
            "%d Eintrag ruht jetzt und ist nicht mehr öffentlich.",
            "%d Einträge ruhen jetzt und sind nicht mehr öffentlich.",
            number,
        )
        self.message_user(request, text % number, messages.SUCCESS)

    @admin.action(description=_("Heute als aktuell bestätigen"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet) -> None:
        number = publishing.confirm(entries=queryset, by=request.user)
        text = ngettext("%d Eintrag ist als aktuell bestätigt.", "%d Einträge sind als aktuell bestätigt.", number)
        self.message_user(request, text % number, messages.SUCCESS)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool) -> None:
        """Let an entry that is set to "published" become so only if it is complete with all that was saved."""
        super().save_related(request, form, formsets, change)
        texts = {}
        rows = [row for formset in formsets for row in formset.forms if row not in formset.deleted_forms]
        # The rows first: an entry may be complete only with one of its parts.
        for one in [*rows, form]:
            if "state" in one.changed_data and one.instance.pk and one.instance.state == State.PUBLISHED:
                saved = type(one.instance)._base_manager.filter(pk=one.instance.pk)
                result = publishing.publish(entries=saved, by=request.user)
                for missing in result.lacking.values():
                    sentence = gettext("Zum Veröffentlichen fehlt noch: {missing}.")
                    texts[one.prefix or ""] = {"state": sentence.format(missing="; ".join(missing))}
        if texts:
            raise RefusalError(texts)

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """Deleting is for single entries, after a look at them; in bulk one makes them dormant."""
        found = super().get_actions(request, action_location)
        return {name: action for name, action in found.items() if name != "delete_selected"}


def _refusal(lacking: dict[str, list[str]]) -> str:
    """Return a sentence that names the entries that stay unpublished, and what each lacks."""
    named = [
        gettext("{name} (es fehlt: {missing})").format(name=name, missing="; ".join(missing))
        for name, missing in list(lacking.items())[:MOST_NAMED]
    ]
    if more := len(lacking) - len(named):
        named.append(gettext("und {number} weitere").format(number=more))
    return gettext("Nicht veröffentlicht: {entries}.").format(entries=", ".join(named))
