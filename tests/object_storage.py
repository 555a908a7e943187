"""Object storage as its libraries give it to Django: names and bytes, and neither folders nor paths."""

import io
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils import timezone


class ObjectStorage(Storage):
    """One for each process; `objects` is what it holds: name -> bytes and the moment they were written."""

    objects: dict[str, tuple[bytes, datetime]]

    def __init__(self) -> None:
        self.objects = {}

    def _open(self, name: str, mode: str = "rb") -> File:
        if name not in self.objects:
            raise FileNotFoundError(name)
        return File(io.BytesIO(self.objects[name][0]), name)

    def _save(self, name: str, content: Any) -> str:
        self.objects[name] = (b"".join(content.chunks()), timezone.now())
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def exists(self, name: str) -> bool:
        return name in self.objects

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        below = path.rstrip("/") + "/" if path else ""
        rest = [name.removeprefix(below) for name in self.objects if name.startswith(below)]
        return sorted({name.split("/")[0] for name in rest if "/" in name}), [name for name in rest if "/" not in name]

    def size(self, name: str) -> int:
        return len(self.objects[name][0])

    def delete(self, name: str) -> None:
        self.objects.pop(name, None)

    def get_modified_time(self, name: str) -> datetime:
        if name not in self.objects:
            raise FileNotFoundError(name)
        return self.objects[name][1]
