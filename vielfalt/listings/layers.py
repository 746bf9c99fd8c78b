"""Further layers of the map at /karte/. Each domain that has something to show there registers its own.

A layer is switched on by ``?ebene=`` and its slug. It takes over the part of the question that
``shares`` names, for its points, its count and its list alike, so that all three say the same.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from vielfalt.accounts.models import User


@dataclass(frozen=True)
class Layer:
    """What a domain offers to show on the map beside the programmes."""

    slug: str
    singular: str | Promise
    plural: str | Promise
    """What its entries are called."""
    shape: Literal["diamond", "square"]
    """Its markers differ by more than their colour; circles are the programmes."""
    strand: str
    """The app whose colour the markers have."""
    data_page: str
    """Name of the address with its points as GeoJSON (``vielfalt.listings.geojson``)."""
    entries_page: str
    """Name of the address that says of some entries what their markers and pop-ups show."""
    list_page: str
    """Name of the address with the same entries as a list."""
    count: str
    """Dotted path of a function from a question (``QueryDict``) and a user to the number of entries."""
    shares: tuple[str, ...] = ("ort", "umkreis")
    """The fields of the question that this layer understands, too."""


class ShownLayer:
    """A layer that is switched on, for one question of one reader."""

    def __init__(self, layer: Layer, question: QueryDict, user: "User | AnonymousUser") -> None:
        self.layer = layer
        self.user = user
        self.question = QueryDict(mutable=True)
        for name in layer.shares:
            if values := [value for value in question.getlist(name) if value]:
                self.question.setlist(name, values)

    @cached_property
    def number(self) -> int:
        """How many entries it shows."""
        return import_string(self.layer.count)(self.question, self.user)

    @property
    def name(self) -> str:
        """What so many entries are called."""
        return str(self.layer.singular if self.number == 1 else self.layer.plural)

    @property
    def list_url(self) -> str:
        return self._address(self.layer.list_page)

    @property
    def data_url(self) -> str:
        return self._address(self.layer.data_page)

    @property
    def entries_url(self) -> str:
        return reverse(self.layer.entries_page)

    def _address(self, page: str) -> str:
        query = self.question.urlencode()
        return reverse(page) + (f"?{query}" if query else "")


_layers: dict[str, Layer] = {}


def register(layer: Layer) -> None:
    """Offer a layer, in ``AppConfig.ready``; what it names is looked up when the layer is shown."""
    _layers[layer.slug] = layer


def registered() -> tuple[Layer, ...]:
    """Return the layers that readers may switch on, in the order of their registration."""
    return tuple(_layers.values())
