import io
import json
from logging.config import dictConfig

import pytest

from vielfalt.operations import logs, requests


@pytest.fixture
def lines(settings, monkeypatch):
    """Log as a server does; call it for the lines that were written, each an object."""
    # Tests may run on a busy machine.
    monkeypatch.setattr(requests, "SLOW_SECONDS", 60)
    written = io.StringIO()
    configuration = logs.configuration(readable=False)
    configuration["handlers"]["console"]["stream"] = written
    dictConfig(configuration)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    dictConfig(settings.LOGGING)
