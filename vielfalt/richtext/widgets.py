"""The small editor for long texts."""

from typing import Any

from django import forms
from django.templatetags.static import static


class RichTextWidget(forms.Textarea):
    """A textarea that static/portal/rich-text.js turns into an editor; without JavaScript it stays a textarea.

    A page that shows one needs ``{{ form.media }}``. Everything comes from files of the portal, so the
    Content Security Policy of other pages is enough.
    """

    class Media:
        css = {"all": ["portal/rich-text.css"]}  # noqa: RUF012 - Django reads it as it is
        js = (forms.Script("portal/rich-text.js", type="module"),)

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        # Hashed names of static files: the script cannot know where the editor is.
        editor = {"data-rich-text": static("django_prose_editor/editor.js"), "rows": 8}
        return super().build_attrs({**base_attrs, **editor}, extra_attrs)

    def use_required_attribute(self, initial: Any) -> bool:
        """The browser cannot point at a textarea that the editor hides; the server says what is missing."""
        return False
