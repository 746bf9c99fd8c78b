"""The form for one picture, used by members and by the admin."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from vielfalt.pictures.models import LOGO_SLOT, MOST_PICTURES, AbstractPicture
from vielfalt.pictures.preparing import prepare


class PictureForm(forms.ModelForm):
    """Upload a picture, or change what is said of one.

    A domain's own form names the model. Upload and texts are checked together, so that one answer
    says everything that is missing.
    """

    upload = forms.FileField(
        label=_("Bilddatei"),
        help_text=_("JPEG, PNG oder WebP, höchstens 5 MB. Ort und Kameradaten entfernen wir."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Bitte wählen Sie eine Datei."),
            "empty": _("Diese Datei ist leer. Bitte wählen Sie eine andere."),
        },
    )

    class Meta:
        fields: ClassVar = ("upload", "slot", "alt", "author", "licence")

    def __init__(self, *args: Any, organisation: Model | None = None, is_logo: bool = False, **kwargs: Any) -> None:
        """Without a field ``slot``, a new picture of ``organisation`` is its logo or takes the first free place."""
        super().__init__(*args, **kwargs)
        if organisation is not None:
            self.instance.organisation = organisation
        if self.instance.pk:
            self.fields["upload"].required = False
            self.fields["upload"].label = _("Durch eine andere Datei ersetzen")
        elif is_logo:
            self.instance.slot = LOGO_SLOT

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_logo = cleaned.get("slot", self.instance.slot) == LOGO_SLOT
        if upload := cleaned.get("upload"):
            try:
                self.instance.take(prepare(upload, size=upload.size, is_logo=is_logo))
            except forms.ValidationError as error:
                self.add_error("upload", error)
        if not is_logo and cleaned.get("alt") == "":
            self.add_error("alt", _("Bitte beschreiben Sie, was auf dem Bild zu sehen ist."))
        return cleaned

    def find_place(self) -> bool:
        """Give a new picture its place; if there is none, say so in the form. The organisation must be locked."""
        if self.instance.pk:
            return True
        taken = set(self.instance.siblings().values_list("slot", flat=True))
        if self.instance.slot is None:
            self.instance.slot = next((slot for slot in range(1, MOST_PICTURES + 1) if slot not in taken), None)
            if self.instance.slot is None:
                self.add_error(None, _("Es sind schon sechs Bilder da. Bitte löschen Sie erst eines."))
                return False
        elif self.instance.slot in taken:
            self.add_error(None, _("Inzwischen ist dort schon ein Bild. Bitte laden Sie die Seite neu."))
            return False
        return True


def own_picture_form(model: type[AbstractPicture]) -> type[PictureForm]:
    """Return the form for a picture that an organisation uploads; its place follows from what it is."""
    return forms.modelform_factory(model, form=PictureForm, fields=("upload", "alt", "author", "licence"))
