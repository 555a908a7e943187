"""The one file of a backup: a ZIP whose last 64 bytes are the SHA-256 of all before them.

So any flipped, lost or added byte is found before anything is read. What is read is still held against the manifest,
member by member: a well-sealed file may have been made to harm.
"""

import hashlib
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from commitments.actions.backups.manifest import Item, Manifest, read_manifest
from commitments.actions.backups.problems import BackupRefused, damaged, foreign

MARK = "policy-commitment-tracker-backup.txt"  # the first member: whoever opens the file reads what it is
MANIFEST = "manifest.json"
MANIFEST_CAP = 256 * 1024**2
FILES = "files/"
SEAL = b"policy-commitment-tracker backup sha256 "
DIGEST = 64
CHUNK = 1024**2
LEVEL = 1  # of all the time that a backup takes, packing takes most
PACKED_ALREADY = (".gz", ".pdf", ".docx", ".xlsx", ".png", ".jpg", ".jpeg", ".webp", ".zip")


class Writer:
    """Members go in one after the other; seal() ends it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._zip.comment = SEAL + b"0" * DIGEST
        about = _("A backup of the policy commitment tracker. To use it: python3 dev.py restore FILE")
        self.add(MARK, [about.encode() + b"\n"])

    def add(self, name: str, chunks: Iterable[bytes]) -> Item:
        is_packed = name.lower().endswith(PACKED_ALREADY)
        self._zip.compression = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        size, digest = 0, hashlib.sha256()
        with self._zip.open(name, "w", force_zip64=True) as member:  # by name: a ZipInfo would forget the level
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return Item(size, digest.hexdigest())

    def close(self) -> None:
        """Also when sealing never came about: a ZipFile left open would write when it is collected."""
        with suppress(OSError):
            self._zip.close()

    def seal(self, manifest: Manifest) -> None:
        content = manifest.as_json()
        if len(content) > MANIFEST_CAP:
            raise BackupRefused(_("There are too many files for one backup."))
        self.add(MANIFEST, [content])
        self._zip.close()
        digest = _digest_before_seal(self._file)
        self._file.seek(-DIGEST, os.SEEK_END)
        self._file.write(digest.encode())
        self._file.flush()
        os.fsync(self._file.fileno())


class Archive:
    """A backup that is whole: sealed, with exactly the members that its manifest names."""

    def __init__(self, file: IO[bytes]) -> None:
        _check_seal(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise damaged(str(error)) from error
        self._infos = _members(self._zip, os.fstat(file.fileno()).st_size)
        if MANIFEST not in self._infos:
            raise foreign(MANIFEST)
        self.manifest = read_manifest(b"".join(self._inflated(MANIFEST, MANIFEST_CAP)))
        self._items = dict(self.manifest.database.members)
        self._items |= {FILES + name: item for name, item in self.manifest.files.items()}
        unexpected = set(self._infos) ^ {MARK, MANIFEST, *self._items}
        if unexpected or not all(is_safe(name) for name in (*self._items, *self.manifest.files)):
            raise damaged(", ".join(sorted(unexpected)[:3]) or FILES)

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes of a member; the end is reached only if they are those of the manifest."""
        item, digest, size = self._items[name], hashlib.sha256(), 0
        for chunk in self._inflated(name, item.size):
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        if (size, digest.hexdigest()) != (item.size, item.sha256):
            raise damaged(name)

    def check(self) -> None:
        for name in self._items:
            for _chunk in self.read(name):
                pass

    def extract(self, name: str, target: Path) -> None:
        with open(target, "xb") as file:
            for chunk in self.read(name):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    def _inflated(self, name: str, cap: int) -> Iterator[bytes]:
        """What the ZIP says of its own sizes is not believed: reading ends where the manifest says it must."""
        left = cap
        try:
            with self._zip.open(self._infos[name]) as member:
                while chunk := member.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise damaged(name)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(name) from error


def is_safe(name: str) -> bool:
    """A relative path that stays below its folder on every system."""
    parts = name.split("/")
    return name.isprintable() and not re.search(r"\\|^[A-Za-z]:", name) and all(part.strip(". ") for part in parts)


def _members(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    infos: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        is_plain = kind in (0, stat.S_IFREG) and not info.is_dir() and not info.flag_bits & 1
        if not is_plain or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(info.filename)
        if info.filename in infos or info.orig_filename != info.filename or not is_safe(info.filename):
            raise damaged(info.filename)
        infos[info.filename] = info
    if sum(info.compress_size for info in infos.values()) > size:
        raise damaged(_("members overlap"))
    return infos


def _check_seal(file: IO[bytes]) -> None:
    size, head = file.seek(0, os.SEEK_END), 30  # where a ZIP names its first member
    file.seek(0)
    begins = file.read(head + len(MARK))[head:] == MARK.encode()
    file.seek(max(0, size - len(SEAL) - DIGEST))
    tail = file.read()
    ends = tail.startswith(SEAL)
    if not begins and not ends:
        raise foreign(_("it does not begin like one"))
    if not ends or _digest_before_seal(file).encode() != tail[-DIGEST:]:
        raise damaged(_("its SHA-256 does not match"))


def _digest_before_seal(file: IO[bytes]) -> str:
    left = file.seek(0, os.SEEK_END) - DIGEST
    file.seek(0)
    digest = hashlib.sha256()
    while left and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()
