"""What changed: between two passages word by word, and between two revisions block by block.

Worked out once, as a structure; pages, mails and files all render it.
"""

from leitfaden.comparing.passages import Difference, Summary, compare
from leitfaden.comparing.revisions import BlockChange, compare_revisions
from leitfaden.comparing.versions import VersionDifference, compare_versions

__all__ = [
    "BlockChange",
    "Difference",
    "Summary",
    "VersionDifference",
    "compare",
    "compare_revisions",
    "compare_versions",
]
