"""Keep copies of linked pages, and hold the stored files against the rows that speak of them."""

import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from commitments.actions.link_checks import CAPTURES, look
from commitments.actions.roles import User
from commitments.actions.uploads import UPLOADS
from commitments.models import Evidence, Snapshot
from commitments.storage import files, stored

FOLDERS = (CAPTURES, UPLOADS)
MISSING, DAMAGED = "missing", "damaged"
YOUNG = timedelta(hours=1)  # a file stands before its row does
_DIGEST = re.compile(r"/([0-9a-f]{64})(\.[a-z0-9.]+)?$")


@dataclass
class FileReport:
    """Names of files. `stray`: no row speaks of them; they are harmless, and a sweep removes them."""

    checked: int = 0
    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not (self.damaged or self.missing)

    def as_data(self) -> dict[str, Any]:
        return {
            "checked": self.checked,
            "damaged": self.damaged,
            "missing": self.missing,
            "stray": self.stray,
            "sound": self.is_sound,
        }


def capture(evidence: Evidence, *, by: User, key: str) -> Snapshot | None:
    """A visit that keeps a copy unless we hold the same bytes; None where there was no page to keep.

    Call it outside any transaction. The same key again is the same capture; HostBusy says when to ask again.
    """
    return look(evidence, by=by, key=key, wants_copy=True).snapshot


def verify_files(*, sweep: bool = False) -> FileReport:
    """Reads every file anew: flipped, cut and missing ones, and those without a row."""
    report = FileReport()
    for name, problem in examined():
        report.checked += 1
        if problem:
            (report.missing if problem == MISSING else report.damaged).append(name)
    report.stray = strays()
    if sweep:
        for name in report.stray:
            files().delete(name)
    return report


def examined() -> Iterator[tuple[str, str]]:
    """(name, problem) of each file that a row speaks of; the problem is empty, MISSING or DAMAGED."""
    for name in sorted(set(_spoken_of())):
        if not files().exists(name):
            yield name, MISSING
        else:
            yield name, "" if _is_whole(name) else DAMAGED


def count_spoken_of() -> int:
    return len(set(_spoken_of()))


def strays() -> list[str]:
    spoken_of = set(_spoken_of())
    found = itertools.chain.from_iterable(stored(folder) for folder in FOLDERS)
    return [name for name in found if name not in spoken_of and _is_old(name)]


def _spoken_of() -> Iterator[str]:
    """Files that were replaced stay: the history speaks of them."""
    yield from Snapshot.objects.order_by().values_list("file", flat=True).iterator()
    yield from Evidence.objects.exclude(file="").order_by().values_list("file", flat=True).iterator()
    yield from Evidence.history.exclude(file="").order_by().values_list("file", flat=True).iterator()


def _is_whole(name: str) -> bool:
    """The name says what the bytes must be."""
    named = _DIGEST.search(name)
    digest = hashlib.sha256()
    try:
        with files().open(name) as file:
            for chunk in file.chunks():
                digest.update(chunk)
    except OSError:
        return False
    return named is not None and named[1] == digest.hexdigest()


def _is_old(name: str) -> bool:
    try:
        return files().get_modified_time(name) < timezone.now() - YOUNG
    except FileNotFoundError:  # removed meanwhile
        return False
