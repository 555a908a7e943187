"""Editions as they were frozen: the row of an edition -> what its files say, never bytes that were tampered with."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from commitments.catalogue.edition_rows import Row, Rows
from commitments.models import Edition
from commitments.storage import files
from commitments.text.canonical import canonical

FORMAT = 1
LICENCE = "CC-BY-4.0"


class Altered(Exception):
    """A file of an edition is gone or is no longer what was frozen; the text names it."""


@dataclass(frozen=True)
class Frozen:
    """All that an edition says, and nothing of the machine that says it."""

    number: int
    day: date
    is_provisional: bool
    notes: dict[str, str]
    previous: dict[str, Any] | None
    tables: Rows

    @cached_property
    def content(self) -> bytes:
        header = {
            "format": FORMAT,
            "number": self.number,
            "as_of": self.day.isoformat(),
            "known_on": self.day.isoformat(),
            "provisional": self.is_provisional,
            "notes": self.notes,
            "previous": self.previous,
            "licence": LICENCE,
        }
        return canonical({"edition": header, "tables": self.tables})

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def commitments(self) -> dict[str, Row]:
        return {row["id"]: row for row in self.tables["commitments"]}


def thawed(content: bytes) -> Frozen:
    """The inverse of `Frozen.content`."""
    found = json.loads(content)
    header = found["edition"]
    return Frozen(
        header["number"],
        date.fromisoformat(header["as_of"]),
        header["provisional"],
        header["notes"],
        header["previous"],
        found["tables"],
    )


def pair(edition: Edition) -> dict[str, Any]:
    """How an edition names the one before it: whoever changes that one breaks this one."""
    return {"number": edition.number, "sha256": edition.sha256, "archive_sha256": edition.archive_sha256}


def find(number: int) -> Edition | None:
    return Edition.objects.filter(number=number).first()


def everyone() -> list[Edition]:
    """The newest first."""
    return list(Edition.objects.order_by("-number"))


def bytes_of(name: str, sha256: str) -> bytes:
    try:
        with files().open(name) as file:
            found: bytes = file.read()
    except OSError as error:
        raise Altered(name) from error
    if hashlib.sha256(found).hexdigest() != sha256:
        raise Altered(name)
    return found


def sizes(edition: Edition) -> dict[str, int]:
    """Bytes of each file; nothing for one that is not there."""
    names = {"zip": edition.archive_name, "json": edition.content_name}
    return {ending: files().size(name) for ending, name in names.items() if files().exists(name)}


def archive(edition: Edition) -> bytes:
    return bytes_of(edition.archive_name, edition.archive_sha256)


def content(edition: Edition) -> bytes:
    return bytes_of(edition.content_name, edition.sha256)


def frozen(edition: Edition) -> Frozen:
    """Read once for each hash; nobody may change what comes back."""
    return _read(edition.content_name, edition.sha256)


@lru_cache(maxsize=4)
def _read(name: str, sha256: str) -> Frozen:
    return thawed(bytes_of(name, sha256))
