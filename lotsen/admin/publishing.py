"""The bulk actions that carriers and programmes share."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lotsen.actions import Publication
from lotsen.actions import confirm as confirm_entries
from lotsen.actions import make_dormant as make_entries_dormant
from vielfalt.listings.admin import GuardedForms, RefusalError
from vielfalt.listings.models import State

MOST_NAMED = 20


class PublishingActions(GuardedForms):
    """Publish, make dormant and confirm what is selected; publishing in the form follows the same rules."""

    actions = ("publish", "make_dormant", "confirm")

    def _publish(self, request: HttpRequest, queryset: QuerySet) -> Publication:
        raise NotImplementedError

    @admin.action(description=_("Veröffentlichen"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        result = self._publish(request, queryset)
        if number := len(result.published):
            text = ngettext("%d Eintrag ist jetzt veröffentlicht.", "%d Einträge sind jetzt veröffentlicht.", number)
            self.message_user(request, text % number, messages.SUCCESS)
        if result.lacking:
            self.message_user(request, _refusal(result.lacking), messages.ERROR)

    @admin.action(description=_("Ruhend stellen"), permissions=["change"])
    def make_dormant(self, request: HttpRequest, queryset: QuerySet) -> None:
        number = make_entries_dormant(entries=queryset, by=request.user)
        text = ngettext(
            "%d Eintrag ruht jetzt und ist nicht mehr öffentlich.",
            "%d Einträge ruhen jetzt und sind nicht mehr öffentlich.",
            number,
        )
        self.message_user(request, text % number, messages.SUCCESS)

    @admin.action(description=_("Heute als aktuell bestätigen"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet) -> None:
        number = confirm_entries(entries=queryset, by=request.user)
        text = ngettext("%d Eintrag ist als aktuell bestätigt.", "%d Einträge sind als aktuell bestätigt.", number)
        self.message_user(request, text % number, messages.SUCCESS)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool) -> None:
        """Let an entry that is set to "published" become so only if it is complete with all that was saved."""
        super().save_related(request, form, formsets, change)
        texts = {}
        rows = [row for formset in formsets for row in formset.forms if row not in formset.deleted_forms]
        # The rows first: a carrier is complete only with a programme.
        for one in [*rows, form]:
            if "state" in one.changed_data and one.instance.pk and one.instance.state == State.PUBLISHED:
                model_admin = self.admin_site.get_model_admin(type(one.instance))
                result = model_admin._publish(request, model_admin.model._base_manager.filter(pk=one.instance.pk))
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
