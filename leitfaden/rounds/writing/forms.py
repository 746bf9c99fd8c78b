"""The forms with which carriers write: a passage, its place, and what a proposal is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitfaden.editing.forms import BlockForm, PlaceForm, Words
from leitfaden.rounds.models.proposals import LONGEST_REASON


class WordingForm(BlockForm):
    """What a passage is to say. Why, the proposal says as a whole."""

    note = None  # type: ignore[assignment]  # how Django leaves out a field of the form above


class DestinationForm(PlaceForm):
    """Where a passage is to go."""

    note = None  # type: ignore[assignment]  # how Django leaves out a field of the form above


class AboutForm(forms.Form):
    """What a proposal is about, and why. Incomplete is fine as long as it is a draft."""

    title = Words(
        label=_("Worum geht es, kurz gesagt?"),
        help_text=_("Zum Beispiel: „UE für Modul 3 anpassen“."),
        max_length=200,
        required=False,
    )
    reason = Words(
        label=_("Warum schlagen Sie das vor?"),
        help_text=_("Ein, zwei Sätze genügen. Alle, die den Vorschlag lesen, lesen auch diese Begründung."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_editorial = forms.BooleanField(
        label=_("Nur sprachlich"),
        help_text=_(
            "Ein Tippfehler, ein klarerer Satz: Ohne Einwände gilt die Änderung nach zehn Tagen als angenommen. "
            "Zahlen, Verbindlichkeit (muss, soll, kann, nicht) und Aufbau bleiben dabei, wie sie sind."
        ),
        required=False,
    )
    names_author = forms.BooleanField(
        label=_("Meinen Namen nennen"),
        help_text=_("Sonst steht beim Vorschlag nur der Name Ihres Trägers."),
        required=False,
    )

    def __init__(self, *args: Any, is_new: bool, is_author: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Both are settled when a proposal is submitted first, and nobody consents for somebody else.
        if not is_new:
            del self.fields["is_editorial"]
        if not (is_new and is_author):
            del self.fields["names_author"]


class ReasonForm(forms.Form):
    """What a carrier says with a move of its proposal."""

    reason = Words(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_REASON)

    def __init__(self, *args: Any, label: Any, is_needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].required = is_needed
