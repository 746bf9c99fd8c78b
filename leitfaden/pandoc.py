"""Pandoc: it may neither read other files nor the network, nor take all time and memory."""

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypandoc

MOST_SECONDS = 60
MOST_MEMORY = "768m"
_NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")


class PandocError(Exception):
    """Pandoc gives up on what it was given."""


class TooComplicatedError(PandocError):
    """It takes too much time or memory."""


def convert(
    content: bytes,
    *,
    source: str,
    target: str,
    options: Sequence[str] = (),
    files: Mapping[str, bytes] | None = None,
    moment: int = 0,
) -> bytes:
    """Return ``content`` in another format. ``moment`` is the time that the result bears.

    ``options`` may name ``files``. Pandoc's sandbox would hide those as well, so only what we wrote ourselves may
    come with files; its network then ends at a closed door.
    """
    command = [
        *(pypandoc.get_pandoc_path(), "+RTS", f"-M{MOST_MEMORY}", "-RTS", *([] if files else ["--sandbox"])),
        *("--from", source, "--to", target, "--output", "-", *options),
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, file in (files or {}).items():
            (Path(folder) / name).write_bytes(file)
        environment = {"HOME": folder, "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": str(moment), **_NO_NETWORK}
        try:
            result = subprocess.run(  # noqa: S603 - the command is fixed, the file comes by the standard input
                command,
                input=content,
                capture_output=True,
                timeout=MOST_SECONDS,
                check=False,
                cwd=folder,
                env=environment,
            )
        except subprocess.TimeoutExpired:
            raise TooComplicatedError(f"no answer within {MOST_SECONDS} seconds") from None
    if result.returncode == 0:
        return result.stdout
    words = result.stderr.decode(errors="replace").strip()
    raise (TooComplicatedError if "Heap exhausted" in words else PandocError)(words)
