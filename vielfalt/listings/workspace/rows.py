"""A section with one choice for each word of a vocabulary."""

from typing import Any

from django import forms
from django.db import models

from vielfalt.listings.editing import SectionForm
from vielfalt.listings.proposals import Values


class RowsForm(SectionForm):
    """One choice for each word of a vocabulary, kept in rows of a table of its own."""

    def __init__(self, data: Any = None, *, instance: models.Model) -> None:
        super().__init__(data, instance=instance)
        kept = self.kept()
        for key, label in self.words():
            self.fields[key] = forms.ChoiceField(
                label=label, choices=self.choices, required=False, initial=kept.get(key, "")
            )

    def values(self) -> Values:
        return {name: self.fields[name].initial for name in self.fields}

    def words(self) -> list[tuple[str, str]]:
        raise NotImplementedError

    def kept(self) -> dict[str, str]:
        raise NotImplementedError

    def write(self, wanted: dict[str, str]) -> None:
        raise NotImplementedError

    def save(self, commit: bool = True) -> Any:
        self.write({key: value for key, value in self.cleaned_data.items() if value})
        self.instance.save()
        return self.instance
