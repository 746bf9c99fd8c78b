"""The form with which the staff decide about a change."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.editing.forms import Words
from leitfaden.rounds.bench import Bench, Judged
from leitfaden.rounds.models import Advice, Outcome, ProposedChange
from leitfaden.rounds.models.decisions import TAKEN
from leitfaden.rounds.moves import clean_reason

DEFAULT_REASON = gettext_lazy("Der Vorschlag macht den Leitfaden besser. Wir übernehmen ihn.")
"""What everybody reads where the staff adopt something and say no more."""

ADVISED = {Advice.ADOPT: Outcome.ADOPTED, Advice.CHANGE: Outcome.CHANGED, Advice.DECLINE: Outcome.DECLINED}
"""What one decides who does as the staff recommended before the vote."""

_LABELS = {
    Outcome.ADOPTED: gettext_lazy("Annehmen"),
    Outcome.CHANGED: gettext_lazy("Mit Änderungen annehmen"),
    Outcome.DECLINED: gettext_lazy("Nicht annehmen"),
    Outcome.POSTPONED: gettext_lazy("Auf die nächste Runde verschieben, immer den ganzen Vorschlag"),
    Outcome.SETTLED: gettext_lazy("Durch einen anderen Vorschlag erledigt"),
}


class VerdictForm(forms.Form):
    """What is to become of a change, and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Wie entscheiden Sie?"),
        choices=_LABELS.items(),
        widget=forms.RadioSelect(attrs={"class": "kern-form-check__radio"}),
        error_messages={"required": gettext_lazy("Bitte wählen Sie, wie Sie entscheiden.")},
    )
    settled_by = forms.IntegerField(
        label=gettext_lazy("Erledigt durch Vorschlag Nummer"),
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Bitte geben Sie die Nummer eines Vorschlags an.")
        ),
    )
    reason = Words(
        label=gettext_lazy("Öffentliche Begründung"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    ganz = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, judged: Judged, bench: Bench) -> None:
        super().__init__(data, auto_id=f"id_{judged.change.pk}_%s", initial=suggested(judged))
        self.judged, self.bench = judged, bench
        self.settles: ProposedChange | None = None
        """What the change is settled by."""
        self.fields["reason"].help_text = _(
            "Alle lesen sie, sobald die Runde abgeschlossen ist. Wenn Sie annehmen, darf das Feld leer bleiben; dann "
            "steht dort: „{default}“"
        ).format(default=DEFAULT_REASON)
        self.siblings = [one for one in bench.judged if one.proposal == judged.proposal]
        if len(self.siblings) > 1:
            number = len(self.siblings)
            self.fields["ganz"].label = _("Für den ganzen Vorschlag, alle {number} Stellen").format(number=number)
        else:
            del self.fields["ganz"]
        if len(bench.proposals) < 2:  # noqa: PLR2004 - the change's own and another one
            self.fields["outcome"].choices = [one for one in _LABELS.items() if one[0] != Outcome.SETTLED]
            del self.fields["settled_by"]

    @property
    def chosen(self) -> Outcome:
        """What was chosen; only for a valid form."""
        return Outcome(self.cleaned_data["outcome"])

    @property
    def changes(self) -> list[ProposedChange]:
        """What the verdict is about; only for a valid form."""
        is_whole = self.cleaned_data.get("ganz") or self.chosen == Outcome.POSTPONED
        return [one.change for one in self.siblings] if is_whole else [self.judged.change]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        outcome = self.cleaned_data.get("outcome")
        if outcome is None:
            return cleaned
        self._check_reason(outcome)
        if outcome == Outcome.SETTLED and "settled_by" not in self.errors:
            self._find_settling(self.cleaned_data.get("settled_by"))
        return cleaned

    def _check_reason(self, outcome: str) -> None:
        typed = self.cleaned_data.get("reason", "")
        if outcome == Outcome.ADOPTED and not typed.strip():
            typed = str(DEFAULT_REASON)
        try:
            self.cleaned_data["reason"] = clean_reason(typed)
        except ValidationError as error:
            self.add_error("reason", error)
            return
        begun = self.initial.get("outcome")
        is_other = outcome != begun and not (outcome in TAKEN and begun in TAKEN)
        if begun and is_other and self.cleaned_data["reason"] == self.initial["reason"]:
            sentence = _("Diese Begründung gehört zu „{outcome}“. Bitte schreiben Sie, warum Sie anders entscheiden.")
            self.add_error("reason", sentence.format(outcome=_LABELS[Outcome(begun)]))

    def _find_settling(self, number: int | None) -> None:
        if number is None:
            self.add_error("settled_by", _("Bitte geben Sie an, durch welchen Vorschlag sich dieser erledigt."))
            return
        others = [one for one in self.bench.judged if one.proposal.number == number]
        if number == self.judged.proposal.number:
            self.add_error("settled_by", _("Ein Vorschlag erledigt sich nicht durch sich selbst."))
        elif not others:
            sentence = _("Über einen Vorschlag {number} wird in dieser Runde nicht entschieden.")
            self.add_error("settled_by", sentence.format(number=number))
        else:
            # The one for the same passage is meant, else one that comes into the text.
            others.sort(key=lambda one: (one.change.target != self.judged.change.target, not one.is_taken))
            self.settles = others[0].change


def suggested(judged: Judged) -> dict[str, Any]:
    """Return what the form begins with: what is intended, else what the staff recommended before the vote."""
    if judged.outcome is not None:
        settled_by = judged.verdict.settled_by if judged.verdict else None
        number = settled_by.version.proposal.number if settled_by else None
        return {"outcome": judged.outcome, "reason": judged.reason, "settled_by": number}
    advice = getattr(judged.proposal.current, "recommendation", None)
    return {"outcome": ADVISED[Advice(advice.advice)], "reason": advice.reason} if advice else {}
