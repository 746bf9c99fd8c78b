"""Organisations that have an entry in more than one strand."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from typing import ClassVar, Self
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.models.entries import Organisation
from vielfalt.listings.recording import recorded


def organisation_models() -> list[type[Organisation]]:
    """The kinds of organisations of all domains."""
    return [model for model in apps.get_models() if issubclass(model, Organisation)]


class TwinQuerySet(models.QuerySet):
    def of(self, entry: Organisation) -> Self:
        """The row of one entry: none or one."""
        return self.filter(kind=entry._meta.label_lower, object_id=entry.pk)

    def entries_beside(self, entry: Organisation) -> list[Organisation]:
        """Return the entry of the other strand, whoever may see it, as a list of none or one."""
        rows = self.filter(pair__in=self.of(entry).values("pair")).exclude(kind=entry._meta.label_lower)
        found = [apps.get_model(row.kind)._base_manager.filter(pk=row.object_id).first() for row in rows]
        return [one for one in found if one is not None]

    def twins_of(self, model: type[Organisation], keys: Iterable[int]) -> "Iterator[tuple[int, Twin]]":
        """Yield, with the key of each entry of ``model`` that has one, the row of its twin; in one query."""
        own = self.filter(kind=model._meta.label_lower, object_id__in=keys)
        pairs: dict[object, list[Twin]] = defaultdict(list)
        for row in self.filter(pair__in=own.values("pair")):
            pairs[row.pair].append(row)
        for rows in pairs.values():
            for entry, twin in permutations(rows, 2):
                if entry.kind == model._meta.label_lower:
                    yield entry.object_id, twin

    def beside(self, model: type[models.Model], chosen: Callable[[type[Organisation]], models.QuerySet]) -> Self:
        """The rows of entries of ``model`` whose twin is among those that ``chosen`` picks of each other kind."""
        others = [one for one in organisation_models() if one is not model]
        picked = [Q(kind=one._meta.label_lower, object_id__in=chosen(one).order_by().values("pk")) for one in others]
        pairs = self.model._default_manager.filter(Q(Q(pk=None), *picked, _connector=Q.OR)).values("pair")
        return self.filter(kind=model._meta.label_lower, pair__in=pairs)


@recorded()
class Twin(models.Model):
    """One of two entries of different strands that are the same organisation.

    Entries are named by kind and number, because no strand knows another. Whoever looks after
    one of them looks after both, and both public pages lead to the other.
    """

    pair = models.UUIDField(_("gehört zusammen"), default=uuid4)
    kind = models.CharField(_("Art"), max_length=100)
    object_id = models.BigIntegerField(_("Nummer des Eintrags"))

    objects = TwinQuerySet.as_manager()

    class Meta:
        verbose_name = _("gleiche Organisation")
        verbose_name_plural = _("gleiche Organisationen")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="twin_once"),
            models.UniqueConstraint(fields=["pair", "kind"], name="twin_of_another_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
