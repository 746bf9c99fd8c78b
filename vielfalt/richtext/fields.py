"""The field for long texts, in the database and in forms."""

from typing import Any

from django import forms
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from vielfalt.richtext.sanitising import sanitise
from vielfalt.richtext.widgets import RichTextWidget

LONGEST_TEXT = 20_000
"""Characters with their markup: far more than anybody reads, far less than the search index can bear."""


class RichTextFormField(forms.CharField):
    """A long text with formatting; what it returns is sanitised."""

    widget = RichTextWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST_TEXT, **options})
        self.error_messages["max_length"] = _("Dieser Text ist zu lang. Bitte kürzen Sie ihn auf etwa fünf Seiten.")
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = self.error_messages["max_length"]

    def to_python(self, value: Any) -> str:
        return sanitise(super().to_python(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        # Entries that were never edited here may hold what the editor writes differently.
        return sanitise(initial or "") != sanitise(data or "")


class RichTextField(models.TextField):
    """A text that is HTML, sanitised on every way into the database: forms, admin, imports, bulk updates."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        # The column is an ordinary text; so migrations and the history's copies of the model need nothing of this.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return sanitise(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Let the object hold what the database gets."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = sanitise(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if value is not None and not isinstance(value, Combinable):
            value = sanitise(str(value))
        return super().get_db_prep_save(value, connection)

    def formfield(self, **options: Any) -> Any:
        # The admin names its own widget for every text.
        if not _is_rich(options.get("widget")):
            options["widget"] = RichTextWidget
        return super().formfield(**{"form_class": RichTextFormField, "max_length": LONGEST_TEXT, **options})


def _is_rich(widget: Any) -> bool:
    return isinstance(widget, RichTextWidget) or (isinstance(widget, type) and issubclass(widget, RichTextWidget))
