"""What every mail looks like, with sample values, for the staff.

Each app registers, in its ``AppConfig.ready``, a function that returns sample values for each of
its templates by name. A test fails when a template in ``templates/emails/`` has none.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.module_loading import import_string

from vielfalt.mail.rendering import Rendered, render

_sources: list[str] = []


def register(source: str) -> None:
    """Add a function by its dotted path, because apps register before models may be imported."""
    if source not in _sources:
        _sources.append(source)


def samples() -> dict[str, Mapping[str, Any]]:
    """Return sample values for every mail by the name of its template."""
    return {name: values for source in _sources for name, values in sorted(import_string(source)().items())}


def rendered() -> dict[str, Rendered]:
    """Return every mail with its sample values."""
    return {name: render(name, values) for name, values in samples().items()}
