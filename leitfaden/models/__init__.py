"""The text: documents of blocks, revisions that never change, editions, and what people say about them.

The place of rounds, proposals and decisions (docs/adr/0015) is free: a decision will name the block
version that it led to, whose origin is ``Origin.DECISION``.
"""

from leitfaden.models.comments import LONGEST_COMMENT, Comment, CommentState, Mention, Visibility
from leitfaden.models.documents import (
    HEADINGS,
    PARTS,
    PLACES,
    SECTIONS,
    TOP,
    Block,
    BlockVersion,
    Document,
    Kind,
    Origin,
    Picture,
)
from leitfaden.models.drafts import Draft
from leitfaden.models.editions import (
    PUBLIC_ONCE,
    Approval,
    BuildState,
    Edition,
    EditionBuild,
    EditionFile,
    EditionState,
    FileKind,
)
from leitfaden.models.revisions import Entry, Revision

__all__ = [
    "HEADINGS",
    "LONGEST_COMMENT",
    "PARTS",
    "PLACES",
    "PUBLIC_ONCE",
    "SECTIONS",
    "TOP",
    "Approval",
    "Block",
    "BlockVersion",
    "BuildState",
    "Comment",
    "CommentState",
    "Document",
    "Draft",
    "Edition",
    "EditionBuild",
    "EditionFile",
    "EditionState",
    "Entry",
    "FileKind",
    "Kind",
    "Mention",
    "Origin",
    "Picture",
    "Revision",
    "Visibility",
]
