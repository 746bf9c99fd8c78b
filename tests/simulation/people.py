"""People before their browsers: they open pages, send what the pages' forms hold, and are measured."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from lxml import html

from tests.simulation.meter import Meter
from vielfalt.accounts.models import User


@dataclass
class Person:
    """Somebody with a browser."""

    user: User
    meter: Meter
    client: Client = field(default_factory=Client)

    def log_in(self) -> None:
        """Log in again: sessions do not last as long as a round."""
        self.client.force_login(self.user)

    def open(self, step: str, address: str, *, status: int = 200) -> Any:
        """Open a page."""
        with self.meter.measure(f"{step} (open)"):
            answer = self.client.get(address)
        return answered(answer, address, status)

    def send(self, step: str, address: str, data: dict[str, Any], *, status: int = 302) -> Any:
        """Send a form."""
        with self.meter.measure(f"{step} (send)"):
            answer = self.client.post(address, data)
        return answered(answer, address, status)

    def fill(self, step: str, address: str, data: dict[str, Any], *, having: str, status: int = 302) -> Any:
        """Open a page and send its form that has a field of this name, with what the page put into it."""
        found = form_with(self.open(step, address), having)
        return self.send(step, address.partition("#")[0], {**found, **data}, status=status)


def answered(answer: Any, address: str, status: int) -> Any:
    assert answer.status_code == status, f"{address}: {answer.status_code} {' '.join(text_of(answer).split())[:1500]}"
    return answer


def text_of(answer: Any) -> str:
    """What one reads on a page below its navigation; where it leads, for an answer without a page."""
    if not answer.content:
        return str(answer.headers.get("Location"))
    found = html.fromstring(answer.content.decode()).xpath("//main")
    return str(found[0].text_content() if found else answer.content.decode())


def form_with(answer: Any, having: str, value: str = "") -> dict[str, Any]:
    """Return what the form with a field of this name, perhaps of this value, would send if nobody touched it."""
    field_ = f"@name='{having}' and @value='{value}'" if value else f"@name='{having}'"
    forms = html.fromstring(answer.content.decode()).xpath(f"//form[.//*[{field_}]]")
    assert forms, f"no form with {having}: {' '.join(text_of(answer).split())[:1500]}"
    fields = {name: value for name, value in forms[0].fields.items() if name and value is not None}
    return {name: value for name, value in fields.items() if name not in ("csrfmiddlewaretoken", "aktion")}


def options_of(answer: Any, name: str) -> list[str]:
    """Return the values among which a field of a page lets one choose."""
    return [
        str(one) for one in html.fromstring(answer.content.decode()).xpath(f"//select[@name='{name}']//option/@value")
    ]
