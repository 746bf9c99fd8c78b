"""Files that are no good backup, each made of a good one."""

import json
import zipfile

from vielfalt.operations.backup import archive


def rewritten(source, target, change, **values):
    """Write a backup anew with another dump or manifest, and checksums that fit."""
    with zipfile.ZipFile(source) as old, archive.written(target) as new:
        manifest = json.loads(old.read(archive.MANIFEST))
        for name in manifest["parts"]:
            content = old.read(name)
            new.add(name, [change(content) if name == archive.DATABASE else content])
        parts = {name: {"size": part.size, "sha256": part.sha256} for name, part in new.parts.items()}
        new.archive.writestr(archive.MANIFEST, json.dumps({**manifest, "parts": parts, **values}))


def missing(source, target):
    pass


def folder(source, target):
    target.mkdir()


def empty(source, target):
    target.touch()


def plain_dump(source, target):
    with zipfile.ZipFile(source) as backup:
        target.write_bytes(backup.read(archive.DATABASE))


def not_at_all(source, target):
    target.write_bytes(source.read_bytes())


def damaged(source, target):
    content = bytearray(source.read_bytes())
    content[len(content) // 2] ^= 1
    target.write_bytes(content)


def cut_off(source, target):
    content = source.read_bytes()
    target.write_bytes(content[: len(content) // 2])


def with_more(source, target):
    target.write_bytes(source.read_bytes())
    with zipfile.ZipFile(target, "a") as backup:
        backup.writestr("media/bilder/more.webp", b"x")


def other_zip(source, target):
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("brief.txt", "Hallo")


def other_manifest(source, target):
    with zipfile.ZipFile(target, "w") as file:
        file.writestr(archive.MANIFEST, '["manifest"]')


def outside(source, target):
    with zipfile.ZipFile(source) as old, archive.written(target) as new:
        manifest = json.loads(old.read(archive.MANIFEST))
        new.add(archive.DATABASE, [old.read(archive.DATABASE)])
        new.add("media/../../outside.txt", [b"x"])
        parts = {name: {"size": part.size, "sha256": part.sha256} for name, part in new.parts.items()}
        new.archive.writestr(archive.MANIFEST, json.dumps({**manifest, "parts": parts}))


def newer_migration(source, target):
    rewritten(source, target, bytes, migrations=[["lotsen", "9999_later"]])


def newer_format(source, target):
    rewritten(source, target, bytes, format=2)


def newer_server(source, target):
    rewritten(source, target, bytes, server_version=99)
