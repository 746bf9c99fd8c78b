"""The forms with which the staff prepare a round, prolong it and end it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.editing.forms import Words
from leitfaden.editing.places import name_of
from leitfaden.models import Block
from leitfaden.rounds.models import Phase, Round
from leitfaden.rounds.planning import BEGINS
from leitfaden.trees import Node, Tree
from vielfalt.listings.holders import key_of
from vielfalt.listings.models import Organisation

PLAIN = ("title", "about", "collect_from", "discuss_from", "vote_from", "vote_until")
"""The fields that a round keeps as they were typed."""

_ORDER = ("collect_from", "discuss_from", "vote_from", "vote_until")


class MomentField(forms.DateTimeField):
    """A day with a time, chosen in the browser's own calendar or typed as in "24.11.2026 9:00"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        messages = {
            "required": gettext_lazy("Bitte geben Sie Tag und Uhrzeit an."),
            "invalid": gettext_lazy("Bitte geben Sie Tag und Uhrzeit an, zum Beispiel 24.11.2026 9:00."),
        }
        super().__init__(widget=widget, error_messages=messages, **kwargs)


class Checklist(forms.MultipleChoiceField):
    """Boxes to tick, of which there may be many; pages show them with ``rounds/conducting/_checklist.html``."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "kern-form-check__checkbox"})


class RoundForm(forms.Form):
    """All that is settled before a round starts."""

    title = Words(
        label=gettext_lazy("Titel"),
        help_text=gettext_lazy("So nennen alle die Runde, zum Beispiel: Frühjahrsrunde 2027"),
        max_length=200,
    )
    about = Words(
        label=gettext_lazy("Worum geht es?"),
        help_text=gettext_lazy("Zwei, drei Sätze für alle Träger: Was soll besser werden, was ist Ihnen wichtig?"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    collect_from = MomentField(
        label=gettext_lazy("Vorschlagen ab"), help_text=gettext_lazy("Von da an schreiben Träger Vorschläge.")
    )
    discuss_from = MomentField(
        label=gettext_lazy("Besprechen ab"), help_text=gettext_lazy("Bis dahin reichen Träger Vorschläge ein.")
    )
    vote_from = MomentField(
        label=gettext_lazy("Abstimmen ab"), help_text=gettext_lazy("Bis dahin verbessern Träger ihre Vorschläge.")
    )
    vote_until = MomentField(
        label=gettext_lazy("Abstimmen bis"), help_text=gettext_lazy("Danach führt die Redaktion zusammen.")
    )
    participants = Checklist(
        label=gettext_lazy("Beteiligte Träger"),
        error_messages={"required": gettext_lazy("Bitte wählen Sie, welche Träger beteiligt sind.")},
    )
    quorum = forms.IntegerField(label=gettext_lazy("Quorum"), required=False, min_value=1)
    blocks = Checklist(label=gettext_lazy("Nur diese Teile öffnen"), required=False)

    def __init__(self, *args: Any, organisations: Sequence[Organisation], tree: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {key_of(one): one for one in organisations}
        self.headings = [node for node in tree.walk() if node.is_heading]
        self.fields["participants"].choices = [(key, one.name) for key, one in self.by_key.items()]
        self.fields["blocks"].choices = [(node.anchor, name_of(node)) for node in self.headings]
        self.fields["quorum"].help_text = _(
            "So viele Träger müssen sich zu einem Vorschlag geäußert haben. Lassen Sie es leer für die Hälfte der "
            "gewählten Träger; von allen {all} wären das {half}."
        ).format(all=len(self.by_key), half=half(len(self.by_key)))

    @property
    def passages(self) -> list[tuple[Any, Node]]:
        """The box of each heading, with the heading."""
        return list(zip(self["blocks"], self.headings, strict=True))

    @cached_property
    def organisations(self) -> list[Organisation]:
        """The chosen carriers; only for a valid form."""
        return [self.by_key[key] for key in self.cleaned_data["participants"]]

    @cached_property
    def open_blocks(self) -> list[Block]:
        """The chosen passages, without those that lie within another chosen one; only for a valid form."""
        chosen = set(self.cleaned_data["blocks"])
        return [
            node.block
            for node in self.headings
            if node.anchor in chosen and not any(above.anchor in chosen for above in node.path)
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What the round itself keeps; only for a valid form."""
        quorum = self.cleaned_data["quorum"] or half(len(self.organisations))
        return {name: self.cleaned_data[name] for name in PLAIN} | {"quorum": quorum}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._check_order()
        chosen, quorum = len(self.cleaned_data.get("participants", [])), self.cleaned_data.get("quorum")
        if quorum and chosen and quorum > chosen:
            sentence = _("Das sind mehr, als Träger beteiligt sind. Möglich sind höchstens {most}.")
            self.add_error("quorum", sentence.format(most=chosen))
        return cleaned

    def _check_order(self) -> None:
        discuss = self.cleaned_data.get("discuss_from")
        if discuss and discuss <= timezone.now():
            self.add_error("discuss_from", _("Das liegt in der Vergangenheit. Dann könnte niemand etwas vorschlagen."))
        times = [(name, self.cleaned_data.get(name)) for name in _ORDER]
        for (before, first), (name, second) in pairwise(times):
            # Whoever does without a time to discuss lets both begin at once.
            is_wrong = first and second and (second < first if name == "vote_from" else second <= first)
            if is_wrong:
                label = self.fields[before].label
                self.add_error(
                    name, _("Das muss nach „{label}“ liegen: Die Zeiten folgen aufeinander.").format(label=label)
                )


def half(number: int) -> int:
    """Return half of a number of carriers, rounded up."""
    return (number + 1) // 2


def initial(round_: Round) -> dict[str, Any]:
    """Return what the form shows of a round that is being prepared."""
    chosen = [f"{kind}:{pk}" for kind, pk in _keys(round_)]
    anchors = list(round_.open_blocks.values_list("block__anchor", flat=True))
    values = {name: getattr(round_, name) for name in (*PLAIN, "quorum")}
    return {**values, "participants": chosen, "blocks": anchors}


def _keys(round_: Round) -> list[tuple[str, int]]:
    rows = round_.participants.order_by("pk").values_list("content_type__app_label", "content_type__model", "object_id")
    return [(f"{app}.{model}", pk) for app, model, pk in rows]


class ReasonForm(forms.Form):
    """Why, for everybody to read."""

    reason = Words(
        label=gettext_lazy("Öffentliche Begründung"),
        help_text=gettext_lazy("Sie steht auf der Seite der Runde. Alle können sie lesen."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie eine Begründung.")},
    )


class ProlongForm(ReasonForm):
    """Another time for a phase that is still to come."""

    phase = forms.ChoiceField(label=gettext_lazy("Was beginnt zu einer anderen Zeit?"), widget=forms.RadioSelect)
    begins = MomentField(label=gettext_lazy("Neue Zeit"))
    field_order = ("phase", "begins", "reason")

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels: Mapping[str, Any] = {name: Round._meta.get_field(name).verbose_name for name in BEGINS.values()}
        self.fields["phase"].widget.attrs["class"] = "kern-form-check__radio"
        self.fields["phase"].choices = [
            (phase.value, _("{label}, bisher {moment}").format(label=labels[BEGINS[phase]], moment=in_words(begin)))
            for phase, begin in round_.begins
            if begin > timezone.now()
        ]

    def clean_phase(self) -> Phase:
        return Phase(self.cleaned_data["phase"])


def in_words(moment: datetime) -> str:
    """Return a moment as pages say it: "24. November 2026, 09:00 Uhr"."""
    return _("{moment} Uhr").format(moment=date_format(timezone.localtime(moment), "j. F Y, H:i"))


def add_refusal(form: forms.Form, error: ValidationError, *, otherwise: str | None = None) -> None:
    """Say what an action refused at the field that it names, else at ``otherwise`` or the form as a whole."""
    named = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for name, errors in named.items():
        form.add_error(name if name in form.fields else otherwise, errors)
