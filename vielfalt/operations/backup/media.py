"""The files that people uploaded, wherever the storage keeps them."""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from vielfalt.operations.backup.errors import BackupError


def names(folder: str = "") -> Iterator[str]:
    """Yield the name of every file, in order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    start = f"{folder}/" if folder else ""
    yield from (f"{start}{file}" for file in sorted(files))
    for inner in sorted(folders):
        yield from names(f"{start}{inner}")


def content(name: str) -> bytes | None:
    """Return a file, or nothing if somebody has removed it meanwhile."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def write(name: str, content: bytes) -> None:
    """Write a file under exactly this name, in the place of one that may be there."""
    default_storage.delete(name)
    if default_storage.save(name, ContentFile(content)) != name:
        raise BackupError(_("Die Datei {name} ließ sich nicht unter ihrem Namen ablegen.").format(name=name))


def remove(name: str) -> None:
    default_storage.delete(name)
