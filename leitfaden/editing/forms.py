"""The forms with which one writes a block, moves it and takes it out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from leitfaden.content import Content
from leitfaden.models import HEADINGS, PARTS, BlockVersion, Draft, Kind
from leitfaden.writing import check_content
from vielfalt.richtext.widgets import RichTextWidget

ABOUT: dict[str, Any] = {
    "ue": _("Unterrichtseinheiten (UE)"),
    "zielgruppe": _("Zielgruppe"),
    "dauer": _("Dauer"),
    "gruppe": _("Gruppengröße"),
    "material": _("Material"),
    "formen": _("Andere Formen des Begriffs"),
}
_HINTS = {
    "formen": _("Mit senkrechten Strichen getrennt, zum Beispiel: Asyls|Asylrecht. Auch sie werden im Text erklärt."),
}
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.MODULE: ("ue", "zielgruppe"),
    **dict.fromkeys(PARTS, ("zielgruppe", "dauer", "gruppe", "material")),
    Kind.TERM: ("formen",),
}
"""What blocks of a kind tell beside their text."""

_WHERE = {"too_long": "html", "too_much_markup": "html", "long_title": "title", "units": "ue"}


class Words(forms.CharField):
    """A text in which characters without meaning are left out instead of refused."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\x00", "")

    def clean(self, value: Any) -> Any:
        return super().clean(value.replace("\x00", "") if isinstance(value, str) else value)


class PassageWidget(RichTextWidget):
    """The portal's editor with what passages have besides: tables, quotes, notes and pictures."""

    class Media:
        css = {"all": ["portal/leitfaden-editor.css"]}  # noqa: RUF012 - Django reads it as it is
        js = (forms.Script("portal/leitfaden-drafts.js", type="module"),)

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        more = {"data-rich-text-more": static("portal/leitfaden-editor.js"), "rows": 14}
        return {**super().build_attrs(base_attrs, extra_attrs), **more}


class NoteForm(forms.Form):
    """Why something changes, for the history."""

    note = Words(
        label=_("Notiz zur Änderung"),
        help_text=_("Ein Satz für den Verlauf: Was haben Sie geändert, und warum?"),
        max_length=500,
        required=False,
    )


class BlockForm(NoteForm):
    """What a block of one kind says. Nothing typed is ever lost, whatever is wrong with it."""

    title = Words(label=_("Überschrift"), required=False)
    html = Words(
        label=_("Text"),
        required=False,
        widget=PassageWidget,
        error_messages={
            "required": _("Dieser Abschnitt ist leer. Bitte schreiben Sie etwas hinein, oder entfernen Sie ihn.")
        },
    )

    field_order = ("title", *ABOUT, "html", "note")

    def __init__(self, *args: Any, kind: Kind, seen: BlockVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.seen = kind, seen
        self.content: Content | None = None
        for name in FIELDS.get(kind, ()):
            self.fields[name] = Words(label=ABOUT[name], help_text=_HINTS.get(name, ""), required=False)
        self.order_fields(self.field_order)
        if kind == Kind.TEXT:
            del self.fields["title"]
            self.fields["html"].required = True
        elif kind in HEADINGS:
            self.fields["title"].required = True
            self.fields["html"].label = _("Text gleich unter der Überschrift")
        else:
            self.fields["title"].required = True
            self.fields["title"].label, self.fields["html"].label = _("Begriff"), _("Erklärung")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        try:
            self.content = self.cleaned_content()
            if not self.errors:
                check_content(self.kind, self.content)
        except ValidationError as error:
            where = _WHERE.get(getattr(error, "code", "") or "", "")
            self.add_error(where if where in self.fields else None, error)
        return cleaned

    def cleaned_content(self) -> Content:
        """Return what was typed, sanitised; fields that this form does not show stay as they were."""
        kept = dict(self.seen.fields) if self.seen else {}
        typed = {name: self.data.get(name, "") for name in FIELDS.get(self.kind, ())}
        title, html = (self.data.get(name, "") if name in self.fields else "" for name in ("title", "html"))
        return Content.clean(title=title, html=html, fields={**kept, **typed})


def initial(source: BlockVersion | Content | Draft | None) -> dict[str, Any]:
    """Return what a form shows of a wording."""
    if source is None:
        return {}
    return {"title": source.title, "html": source.html, **source.fields}


class PlaceForm(NoteForm):
    """Where a block goes."""

    place = forms.ChoiceField(label=_("Wohin?"))
    field_order = ("place", "note")

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Bitte wählen")), *places]


class CutForm(NoteForm):
    """Where a block is split."""

    cut = forms.TypedChoiceField(label=_("Wo beginnt der neue Abschnitt?"), coerce=int, widget=forms.RadioSelect)
    field_order = ("cut", "note")

    def __init__(self, *args: Any, cuts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cut"].choices = cuts


class PictureForm(forms.Form):
    """A picture for a text."""

    picture = forms.FileField(label=_("Bild"), widget=forms.FileInput(attrs={"accept": "image/*"}))
    alt = Words(label=_("Beschreibung für Menschen, die das Bild nicht sehen"), max_length=500, required=True)
    author = Words(label=_("Urheber*in"), max_length=200, required=False)
