"""What has to be done once a day. Apps register their steps; ``manage.py daily`` runs them.

A step is a function from the day to a German sentence that says what was done. It looks at what is
the case, not at what happened yesterday, so that a missed day does no harm.
"""

_steps: dict[str, str] = {}


def register(name: str, path: str) -> None:
    """Add a step in ``AppConfig.ready``; ``path`` is dotted, because models may not be imported yet."""
    _steps[name] = path


def registered() -> dict[str, str]:
    """Return the dotted path of each step by its name, in the order in which they run."""
    return dict(_steps)
