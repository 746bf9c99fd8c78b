"""What the author of a change saw, as the page carries it along: signed, so that nobody can claim another."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core import signing

from leitfaden.models import BlockVersion, Document, Revision
from leitfaden.trees import Node

NAME = "gesehen"
"""The name of the hidden field."""

_SALT = "leitfaden.editing"


@dataclass(frozen=True)
class Seen:
    """The revision and the version before somebody's eyes, and how a block is called that they may add.

    The new block has its name before it is saved, so that sending a form twice adds one block.
    """

    base: Revision
    version: BlockVersion | None = None
    new: UUID = field(default_factory=uuid4)

    @classmethod
    def of(cls, base: Revision, node: Node | None = None) -> "Seen":
        return cls(base, node.version if node else None)

    def __str__(self) -> str:
        version = self.version.pk if self.version else None
        return signing.dumps([self.base.pk, version, str(self.new)], salt=_SALT)

    @classmethod
    def read(cls, text: str, document: Document) -> "Seen | None":
        """Return what a page carried; ``None`` where somebody has changed or lost it."""
        try:
            base, version, new = signing.loads(text, salt=_SALT)
        except signing.BadSignature:
            return None
        revision = Revision.objects.filter(document=document, pk=base).first()
        if revision is None:
            return None
        seen = BlockVersion.objects.light().select_related("block").filter(pk=version).first() if version else None
        return cls(revision, seen, UUID(new))
