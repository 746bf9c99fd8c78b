"""Which other apps hold something that people wrote or did, for the file with all their own data."""

_sources: dict[str, str] = {}


def register(name: str, source: str) -> None:
    """Add a function from a user to what is their own, by its dotted path, in ``AppConfig.ready``.

    ``name`` is what it is called in the file.
    """
    _sources[name] = source


def registered() -> dict[str, str]:
    return dict(_sources)
