"""An edition to build files of."""

from typing import Any

import pytest


@pytest.fixture
def edition(alice: Any, bob: Any, settings: Any, tmp_path: Any) -> Any:
    from tests.leitfaden.files.books import small_edition

    settings.MEDIA_ROOT = tmp_path
    return small_edition(alice, bob)


@pytest.fixture
def book(edition: Any) -> Any:
    from leitfaden.files.book import Book

    return Book.of(edition)
