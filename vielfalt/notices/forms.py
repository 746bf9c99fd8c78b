"""The form for a notice."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.editing import SectionForm
from vielfalt.listings.holders import key_of
from vielfalt.listings.models import Organisation
from vielfalt.notices.models import Notice


class NoticeForm(SectionForm):
    """What an organisation says in a notice."""

    class Meta:
        model = Notice
        fields: ClassVar = ("direction", "subject", "title", "text", "municipality", "ends_on")
        widgets: ClassVar = {
            "direction": forms.RadioSelect(attrs={"class": "kern-form-check__radio"}),
            "text": forms.Textarea(attrs={"rows": 5}),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["direction"].choices = list(Notice._meta.get_field("direction").choices)
        self.fields["subject"].empty_label = _("Bitte wählen")


class NewNoticeForm(NoticeForm):
    """A first notice; whoever looks after several organisations says which of them it is from."""

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {key_of(one): one for one in organisations}
        if len(organisations) > 1:
            choices = [(key, f"{one} ({one._meta.verbose_name})") for key, one in self.by_key.items()]
            self.fields["organisation"] = forms.ChoiceField(label=_("Für welche Organisation?"), choices=choices)
            self.order_fields(["organisation"])

    @property
    def organisation(self) -> Organisation:
        """Whose notice it is; only for a valid form."""
        key = self.cleaned_data.get("organisation") or next(iter(self.by_key))
        return self.by_key[key]
