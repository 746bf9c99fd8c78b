"""The forms with which one comments and answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitfaden.editing.forms import Words
from leitfaden.models import LONGEST_COMMENT, Visibility
from leitfaden.permissions import edits
from vielfalt.listings.permissions import in_network

READERS = {
    Visibility.EDITORS: _("Nur die Redaktion und Sie selbst"),
    Visibility.NETWORK: _("Alle, die im Netzwerk mitarbeiten"),
    Visibility.PUBLIC: _("Alle im Internet, mit Ihrem Namen"),
}
"""The visibilities in words that say who reads it."""


class ReplyForm(forms.Form):
    """An answer in a thread."""

    text = Words(
        label=_("Ihre Antwort"),
        max_length=LONGEST_COMMENT,
        error_messages={"required": _("Bitte schreiben Sie etwas.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    is_too_fast = False
    """Whether nothing is wrong with it but that its author has written so much already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The server says what is too long, so that nothing is cut off while it is pasted.
        self.fields["text"].widget.attrs.pop("maxlength", None)


class CommentForm(ReplyForm):
    """A comment on a block, or on some words of it."""

    visibility = forms.TypedChoiceField(label=_("Wer liest das?"), coerce=Visibility, widget=forms.RadioSelect)
    quote = forms.CharField(required=False, widget=forms.HiddenInput)
    before = forms.CharField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"visibility": Visibility.EDITORS}, **kwargs})
        self.fields["text"].label = _("Ihr Kommentar")
        network = edits(user) or in_network(user)
        self.fields["visibility"].choices = [
            (value, label) for value, label in READERS.items() if network or value != Visibility.NETWORK
        ]
