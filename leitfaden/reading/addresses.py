"""The addresses of a book: those of the edition in force, or of one edition for ever."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from leitfaden.models import Edition


@dataclass(frozen=True)
class Addresses:
    """How the pages of an edition are called. Without an edition's slug the present edition is meant."""

    slug: str = ""

    @classmethod
    def of(cls, edition: Edition) -> "Addresses":
        """The addresses that never show anything else."""
        return cls(edition.slug)

    @cached_property
    def start(self) -> str:
        return self._reverse("book")

    @cached_property
    def everything(self) -> str:
        return self._reverse("everything")

    @cached_property
    def search(self) -> str:
        return self._reverse("search")

    @cached_property
    def cite(self) -> str:
        return self._reverse("cite")

    def page(self, anchor: str) -> str:
        """The page of a chapter or module."""
        return self._reverse("page", anchor=anchor)

    def passage(self, anchor: str) -> str:
        """The short address of any passage, which leads to its place on a page."""
        return f"{self.start}{anchor}/"

    def cite_passage(self, anchor: str) -> str:
        return f"{self.cite}{anchor}/"

    def _reverse(self, name: str, **names: str) -> str:
        values: dict[str, Any] = {"edition": self.slug, **names} if self.slug else names
        return reverse(f"leitfaden:{name}", kwargs=values)
