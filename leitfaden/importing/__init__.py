"""Reads a text from Markdown or DOCX: read whole, listed what cannot be taken, then written as one revision."""

from leitfaden.importing.planning import Plan, plan_import
from leitfaden.importing.reading import RefusedError
from leitfaden.importing.writing import import_text

__all__ = ["Plan", "RefusedError", "import_text", "plan_import"]
