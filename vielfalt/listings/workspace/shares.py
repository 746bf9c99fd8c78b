"""What a member has to do and what they look after, over all domains.

As with the staff's desk, each domain registers, in its ``AppConfig.ready``, functions that answer
for it.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from vielfalt.accounts.models import User


@dataclass(frozen=True)
class Task:
    """One thing to do, with the button that leads there. What is more urgent has a lower number."""

    title: str
    reason: str
    button: str
    url: str
    urgency: int = 50
    posts: bool = False
    """Whether the button does it at once instead of leading to a page."""


@dataclass(frozen=True)
class Place:
    """Something a member looks after."""

    name: str
    kind: str
    strand: str
    """Whose colour it has."""
    url: str
    complete: int
    """How complete the entry is, in per cent."""


@dataclass
class Share:
    """What one domain contributes for one member."""

    tasks: list[Task] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


_sources: list[str] = []


def register(source: str) -> None:
    """Add a share: the dotted path of a function from a user to a :class:`Share`."""
    if source not in _sources:
        _sources.append(source)


def share_of(user: "User") -> Share:
    """Return everything that ``user`` has to do and looks after, the most urgent first."""
    shares = [import_string(source)(user) for source in _sources]
    return Share(
        tasks=sorted((task for share in shares for task in share.tasks), key=lambda task: task.urgency),
        places=[place for share in shares for place in share.places],
    )
