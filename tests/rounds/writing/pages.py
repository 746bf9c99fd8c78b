"""What tests of the pages for writing do again and again."""

from html import unescape
from typing import Any

from django.urls import reverse
from lxml import html

from leitfaden.rounds.models import Proposal, Round
from leitfaden.trees import Node, load_tree

JSON = {"Accept": "application/json"}


def url(name: str, proposal: Proposal | None = None, **names: Any) -> str:
    """The address of a page for writing, in a draft or in none yet."""
    return reverse(f"rounds:{name}", kwargs={**({"pk": proposal.pk} if proposal else {}), **names})


def passage(round_: Round, words: str) -> Node:
    """The passage of the round's text that says exactly this."""
    return next(node for node in load_tree(round_.base).walk() if words in (node.version.plain, node.title))


def hidden(response: Any) -> dict[str, str]:
    """What the page carries along: the names and values of its hidden fields but the CSRF token."""
    fields = html.fromstring(response.content.decode()).xpath(
        "//form[@data-writing or @novalidate]//input[@type='hidden']"
    )
    return {one.get("name"): one.get("value") for one in fields if one.get("name") != "csrfmiddlewaretoken"}


def send(client: Any, address: str, **data: Any) -> Any:
    """Open a page and send its form."""
    return client.post(address, {**hidden(client.get(address)), **data})


def write(client: Any, address: str, words: str, **data: Any) -> Any:
    """Open a page for writing and let the passage say something else."""
    return send(client, address, html=f"<p>{words}</p>", **data)


def text_of(response: Any) -> str:
    """What one reads on the page, in one line."""
    return " ".join(unescape(html.fromstring(response.content.decode()).text_content()).split())


def proposed(proposal: Proposal) -> list[tuple[str, str]]:
    """What the draft changes: operation and the words that it wants."""
    changes = proposal.versions.get(submitted_at=None).changes.all()
    return [(one.operation, one.content.plain if one.content else "") for one in changes]
