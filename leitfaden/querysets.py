"""The words in which one asks for texts, revisions, editions and comments."""

from datetime import timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from leitfaden.permissions import edits
from vielfalt.listings.permissions import in_network

EDITING_MINUTES = 15
"""How long after the last autosave somebody counts as still writing."""


class DocumentQuerySet(models.QuerySet):
    def with_head(self) -> Self:
        """Load the head, which nearly every page needs."""
        return self.select_related("head")


class BlockQuerySet(models.QuerySet):
    def with_anchor(self, anchor: str) -> Self:
        """The block of an anchor, however it was typed."""
        return self.filter(anchor=anchor.strip().lower())


class BlockVersionQuerySet(models.QuerySet):
    def light(self) -> Self:
        """Without what only searching needs."""
        return self.defer("search", "match_key", "plain")

    def history(self) -> Self:
        """With what a list of versions shows, the newest first."""
        return self.light().select_related("created_by", "revision").order_by("-pk")

    def in_revision(self, revision: Any) -> Self:
        """The versions that a revision consists of."""
        return self.filter(entries__revision=revision)


class RevisionQuerySet(models.QuerySet):
    def history(self) -> Self:
        """With what a list of revisions shows, the newest first."""
        return self.select_related("author", "base").order_by("-number")


class EntryQuerySet(models.QuerySet):
    def of_revision(self, revision: Any) -> Self:
        """What a revision consists of, with blocks and wordings, in one query."""
        return (
            self.filter(revision=revision)
            .select_related("block", "version")
            .defer("version__search", "version__match_key")
            .order_by("position")
        )


class DraftQuerySet(models.QuerySet):
    def of(self, user: Any) -> Self:
        """What ``user`` is writing."""
        return self.filter(user=user)

    def recent(self) -> Self:
        """What is being written at this moment: who edits where."""
        since = timezone.now() - timedelta(minutes=EDITING_MINUTES)
        return self.filter(updated_at__gte=since)

    def presence(self, document: Any, *, but: Any = None) -> Self:
        """Recent drafts of others in a document: person, block and time, never the text."""
        recent = self.recent().filter(document=document).exclude(user=but)
        return recent.select_related("user", "block").defer("html", "title", "fields")


class EditionQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The editions that are in force, at most one for each document."""
        return self.filter(state="veroeffentlicht")

    def public(self) -> Self:
        """Editions whose address works for everybody, as a text or as a tombstone."""
        return self.filter(published_at__isnull=False)

    def readable(self) -> Self:
        """Editions whose text everybody may read."""
        return self.public().exclude(state="zurueckgezogen")

    def visible_to(self, user: Any) -> Self:
        """Editions that ``user`` may open; editors see those to come as a preview."""
        return self if edits(user) else self.public()

    def readable_to(self, user: Any) -> Self:
        """Editions whose text ``user`` may read; editors read withdrawn ones, too."""
        return self if edits(user) else self.readable()


class EditionFileQuerySet(models.QuerySet):
    def listed(self) -> Self:
        """Without the content: for lists."""
        return self.defer("content")

    def visible_to(self, user: Any) -> Self:
        """Files of the editions whose text ``user`` may read."""
        # Looked up late: the models need this module first.
        editions: Any = apps.get_model("leitfaden", "Edition")._default_manager.all()
        return self.filter(edition__in=editions.readable_to(user).order_by())


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Comments that ``user`` may read. An answer is read by those who read its thread."""
        if edits(user):
            return self
        allowed = ["oeffentlich", *(["netzwerk"] if in_network(user) else [])]
        readable = Q(_visibility__in=allowed)
        if user is not None and user.is_authenticated:
            readable |= Q(_author=user.pk)
        return self.alias(
            _visibility=Coalesce(F("parent__visibility"), F("visibility")),
            _author=Coalesce(F("parent__author"), F("author")),
        ).filter(readable)

    def threads(self) -> Self:
        """Comments that are not answers."""
        return self.filter(parent=None)

    def open(self) -> Self:
        """Threads that somebody still has to do something about."""
        return self.threads().filter(state="offen")

    def on(self, block: Any) -> Self:
        """Comments on a block with their answers, as they are read."""
        return self.filter(block=block).select_related("author", "version", "settled_by")
