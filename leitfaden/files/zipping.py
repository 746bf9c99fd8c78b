"""Archives that are the same to the byte whenever and wherever they are packed."""

import io
import zipfile
from collections.abc import Callable

_NEVER = (1980, 1, 1, 0, 0, 0)
_FIRST = ("mimetype", "[Content_Types].xml")
"""What readers of EPUB and DOCX want to find at the beginning."""


def packed(archive: bytes, change: Callable[[str, bytes], bytes] = lambda _name, part: part) -> bytes:
    """Return an archive packed anew: in the order of names, without times, with each part ``change``-d."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name not in _FIRST, name)):
            new.writestr(part_named(name), change(name, old.read(name)))
    return result.getvalue()


def part_named(name: str) -> zipfile.ZipInfo:
    """Return the entry of an archive that says nothing of the time and the machine."""
    info = zipfile.ZipInfo(name, _NEVER)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
    return info
