"""The forms with which carriers say how they stand to something, and people of the network what they think."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from leitfaden.editing.forms import Words
from leitfaden.rounds.models import Participant, Stance
from leitfaden.rounds.models.positions import MOST_RESISTANCE

MEANING = {
    Stance.AGREE: _("Zustimmung: Das tragen wir mit."),
    Stance.MINOR: _("Leichte Bedenken: Wir tragen es mit, wünschen es uns aber anders."),
    Stance.MAJOR: _("Schwere Bedenken: So sollte es nicht kommen."),
    Stance.VETO: _("Veto: Das können wir auf keinen Fall mittragen."),
    Stance.ABSTAIN: _("Enthaltung: Wir überlassen das den anderen."),
}


class PositionForm(forms.Form):
    """How one carrier stands to one wording."""

    stance = forms.TypedChoiceField(
        label=_("Wie stehen Sie dazu?"),
        coerce=Stance,
        choices=list(MEANING.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, wie Sie dazu stehen.")},
    )
    reason = Words(
        label=_("Begründung"),
        help_text=_("Ab Bedenken brauchen wir sie. Alle im Netzwerk lesen sie."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    """The wording that its author read."""

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"position-{participant.pk}", **kwargs)
        self.participant = participant

    @property
    def kept_stance(self) -> str:
        """What was chosen, in words."""
        return str(dict(Stance.choices).get(self.data.get(self.add_prefix("stance"), ""), ""))

    @property
    def kept_reason(self) -> str:
        """What was typed."""
        return str(self.data.get(self.add_prefix("reason"), ""))


class RemarkForm(forms.Form):
    """What somebody says to a proposal. ``token`` lets a double click write it once."""

    text = Words(
        label=_("Ihr Beitrag"),
        help_text=_("Alle im Netzwerk lesen ihn, mit dem Namen Ihres Trägers."),
        error_messages={"required": _("Bitte schreiben Sie etwas.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    participant = forms.ModelChoiceField(
        label=_("Für welchen Träger?"), queryset=Participant.objects.none(), empty_label=None
    )
    is_internal = forms.BooleanField(label=_("Nur für die Redaktion"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, participants: list[Participant], conducts: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.participants = participants
        if len(participants) > 1:
            self.fields["participant"].queryset = Participant.objects.filter(pk__in=[one.pk for one in participants])
        else:
            del self.fields["participant"]
        if not conducts:
            del self.fields["is_internal"]
        if conducts and not participants:
            self.fields["text"].help_text = _("Alle im Netzwerk lesen ihn, wenn er nicht nur für die Redaktion ist.")

    @property
    def speaks_as(self) -> Participant | None:
        """The carrier in whose name this is said; ``None`` for the staff and the rest of the network."""
        if len(self.participants) == 1:
            return self.participants[0]
        chosen: Participant | None = self.cleaned_data.get("participant")
        return chosen


class ResistanceForm(forms.Form):
    """How much one carrier resists each option for a disputed passage."""

    def __init__(
        self, *args: Any, participant: Participant, options: list[tuple[int | None, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=f"widerstand-{participant.pk}", **kwargs)
        self.participant, self.options = participant, options
        for version, label in options:
            self.fields[name_of(version)] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                choices=[(number, str(number)) for number in range(MOST_RESISTANCE + 1)],
                widget=forms.RadioSelect,
                error_messages={"required": _("Bitte geben Sie auch hier eine Zahl an.")},
            )

    @property
    def values(self) -> dict[int | None, int]:
        return {version: self.cleaned_data[name_of(version)] for version, _label in self.options}


def name_of(version: int | None) -> str:
    """The name of the field for an option; ``None`` stands for "stays as it is"."""
    return "bisher" if version is None else f"fassung-{version}"
