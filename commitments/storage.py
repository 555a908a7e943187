"""Files that must survive: named after their own SHA-256, whole before a row speaks of them, never overwritten.

They lie in the storage that settings call "files": a folder, or shared object storage through Django's storage API.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible

DRAFT = ".draft-"  # begins the name of a file that is still being written
DEPTH = 20  # a folder that holds itself has no end


def files() -> Storage:
    return storages["files"]


def keep(content: bytes, folder: str, suffix: str = "") -> str:
    """Store the bytes under `folder/ab/<sha256><suffix>` and return that name; the same bytes are stored once."""
    digest = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{digest[:2]}/{digest}{suffix}"
    return name if files().exists(name) else files().save(name, ContentFile(content))


def stored(folder: str = "") -> Iterator[str]:
    """Names of all files below a folder. Object storage has no folders: there it is what their names begin with."""
    if folder.count("/") >= DEPTH:
        raise FoldersTooDeep(folder)
    try:
        folders, names = files().listdir(folder)
    except FileNotFoundError:
        return
    below = f"{folder}/" if folder else ""
    yield from (below + name for name in sorted(names))
    for each in sorted(folders):
        yield from stored(below + each)


class FoldersTooDeep(OSError):
    """`str()` is the name of the folder."""


@deconstructible
class DurableStorage(FileSystemStorage):
    """Appears whole or not at all: temporary file, fsync, link under its name, fsync of the folder."""

    def _save(self, name: str, content: File | IO[bytes]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=DRAFT)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in File(content).chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # named after its bytes: the other one is the same
                os.link(draft, target)
        finally:
            os.unlink(draft)
        sync_folder(target.parent)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name


def sync_folder(folder: Path) -> None:
    """The new name itself survives a power cut; Windows cannot open a folder and keeps names on its own."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
