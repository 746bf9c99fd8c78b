"""Who looks after organisations: their teams, and those of their entries in the other strand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps

from vielfalt.accounts.models import AbstractMembership
from vielfalt.listings.models import Organisation, Twin


def members_of(model: type[Organisation], keys: Iterable[int]) -> Iterator[tuple[int, AbstractMembership]]:
    """Yield everybody who can log in and looks after one of these entries of a kind, with the entry's key.

    Who is in both teams of an organisation comes twice. The number of queries is fixed.
    """
    keys = list(keys)
    yield from _team(model, keys)
    own_key: dict[str, dict[int, int]] = defaultdict(dict)
    for key, twin in Twin.objects.twins_of(model, keys):
        own_key[twin.kind][twin.object_id] = key
    for kind, keys_of_twins in own_key.items():
        for key_of_twin, member in _team(apps.get_model(kind), keys_of_twins):
            yield keys_of_twins[key_of_twin], member


def _team(model: type[Organisation], keys: Iterable[int]) -> Iterator[tuple[int, AbstractMembership]]:
    memberships: Any = model._meta.get_field("memberships").related_model
    for member in memberships._default_manager.active().filter(organisation__in=keys).select_related("user"):
        yield member.organisation_id, member
