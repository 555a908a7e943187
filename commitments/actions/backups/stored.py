"""The stored files (captures, uploads, editions) in a backup: all of them, under their own names."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import RawIOBase
from typing import IO, cast

from django.core.files.base import File
from django.utils.translation import gettext as _

from commitments.actions.backups.archive import CHUNK, FILES, Archive, Writer, is_safe
from commitments.actions.backups.manifest import Item
from commitments.actions.backups.problems import BackupRefused
from commitments.storage import DRAFT, FoldersTooDeep, files, stored

ASIDE = "set-aside"


@dataclass
class Compared:
    """What a restore would do with each file of the backup."""

    missing: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def names() -> Iterator[str]:
    try:
        yield from (name for name in stored() if f"/{DRAFT}" not in f"/{name}")
    except FoldersTooDeep as error:
        raise BackupRefused(_("The folders of stored files go too deep: %(folder)s") % {"folder": error}) from error


def take(writer: Writer) -> dict[str, Item]:
    taken: dict[str, Item] = {}
    for name in names():
        if not is_safe(name):
            sentence = _("A stored file has a name that not every system can hold: %(name)s. Rename it.")
            raise BackupRefused(sentence % {"name": ascii(name)})
        with suppress(FileNotFoundError), files().open(name) as file:  # gone since it was listed: no row needs it
            taken[name] = writer.add(FILES + name, file.chunks(CHUNK))
    return taken


def compare(wanted: dict[str, Item]) -> Compared:
    compared = Compared()
    for name, item in wanted.items():
        if not files().exists(name):
            compared.missing.append(name)
        elif _fingerprint(name) == item:
            compared.same.append(name)
        else:
            compared.differing.append(name)
    return compared


def _fingerprint(name: str) -> Item:
    size, digest = 0, hashlib.sha256()
    with files().open(name) as file:
        for chunk in file.chunks(CHUNK):
            size += len(chunk)
            digest.update(chunk)
    return Item(size, digest.hexdigest())


def give(archive: Archive, compared: Compared) -> None:
    """Those that differ are kept under another name; the rows mean the ones of the backup."""
    for name in compared.differing:
        with files().open(name) as file:
            _save(f"{ASIDE}/{_fingerprint(name).sha256}", file)
        files().delete(name)
    for name in [*compared.missing, *compared.differing]:
        _save(name, File(cast(IO[bytes], _Member(archive.read(FILES + name))), name))


def _save(name: str, content: File) -> None:
    if files().exists(name):
        return
    if (saved := files().save(name, content)) != name:
        raise BackupRefused(_("The file store keeps %(name)s under another name.") % {"name": saved})


class _Member(RawIOBase):
    """A member as a file to read once; it raises at its end if its bytes are not those of the manifest."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            return self._left + b"".join(self._chunks)
        self._left = self._left or next(self._chunks, b"")
        taken, self._left = self._left[:size], self._left[size:]
        return taken
