"""What tests do with exports."""

import csv
import io
import json
import zipfile
from typing import Any

from django.urls import reverse


def url(name: str, round_: Any, *args: object) -> str:
    return reverse(f"rounds:{name}", args=[round_.number, *args])


def downloaded(client: Any, name: str, round_: Any) -> bytes:
    answer = client.get(url(name, round_))
    assert answer.status_code == 200
    content: bytes = answer.getvalue()
    return content


def files(content: bytes) -> dict[str, str]:
    """The files of an archive by their names, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The rows of each CSV file."""
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
        for name, text in files(content).items()
        if name.endswith(".csv")
    }


def data(content: bytes) -> Any:
    return json.loads(content)
