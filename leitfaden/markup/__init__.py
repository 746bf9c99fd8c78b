"""What a passage may consist of, and how it is read.

``sanitising`` stands before the database: what it returns is harmless and canonical, i.e. the same text
is always the same HTML. So everything behind it (``elements``, comparing, exporting) can be simple.
"""

from leitfaden.markup.elements import Element, parse, plain_text, serialise
from leitfaden.markup.sanitising import LONGEST_BLOCK, MOST_LEVELS, sanitise

__all__ = ["LONGEST_BLOCK", "MOST_LEVELS", "Element", "parse", "plain_text", "sanitise", "serialise"]
