from typing import Any

from django.core import checks

from vielfalt.development import pango


def pango_is_there(**kwargs: Any) -> list[checks.CheckMessage]:
    """Name the libraries that PDF documents need and this machine lacks; everything else works without them."""
    missing = pango.missing()
    if not missing:
        return []
    return [
        checks.Warning(
            f"PDF documents cannot be made: this machine has no {', '.join(missing)}.",
            hint=pango.HINT,
            id="vielfalt.W001",
        )
    ]
