"""Which other apps remember addresses of mails, and have to forget them when an account is deleted."""

_sources: list[str] = []


def register(source: str) -> None:
    """Add a function from an address to nothing, by its dotted path, in ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def registered() -> tuple[str, ...]:
    return tuple(_sources)
