"""What tests of the Leitfaden's pages do again and again."""

import re
from typing import Any

from django.urls import reverse


def url(name: str, *args: object) -> str:
    return reverse(f"leitfaden:{name}", args=args)


def seen_on(response: Any) -> str:
    """What the page says its reader saw."""
    found = re.search(r'name="gesehen" value="([^"]+)"', response.content.decode())
    assert found, "The page carries nothing that its reader saw."
    return found[1]


def send(client: Any, address: str, **data: Any) -> Any:
    """Open a page and send its form."""
    return client.post(address, {"gesehen": seen_on(client.get(address)), **data})
