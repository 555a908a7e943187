"""Freeze an edition: everything that is public today, under the next number, for good."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from commitments.actions.roles import User, desk_review_user
from commitments.actions.rows import check_role, write
from commitments.actions.seeding.rows import noon
from commitments.catalogue import editions
from commitments.catalogue.edition_changes import changes
from commitments.catalogue.edition_rows import frozen_rows
from commitments.catalogue.editions import Frozen
from commitments.catalogue.site import facts
from commitments.catalogue.version import content_version
from commitments.choices import ReportLength
from commitments.languages import codes, suffix
from commitments.models import Edition, SourceDocument
from commitments.models.edition import FOLDER
from commitments.reports.edition_archive import archive
from commitments.reports.formats import FORMATS
from commitments.reports.question import Question
from commitments.reports.release import Release
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.storage import keep
from commitments.today import today

ATTEMPTS = 5
SHIPPED = "edition.json"


class Draft(NamedTuple):
    """An edition that stands nowhere yet, and the state of the register that it was made from."""

    frozen: Frozen
    archive: bytes
    seen: str

    def row(self, by: User, at: Any) -> Edition:
        frozen = self.frozen
        return Edition(
            number=frozen.number,
            day=frozen.day,
            is_provisional=frozen.is_provisional,
            sha256=frozen.sha256,
            archive_sha256=hashlib.sha256(self.archive).hexdigest(),
            frozen_at=at,
            frozen_by=by,
            **{f"notes_{ending}": text for ending, text in frozen.notes.items()},
        )


def freeze_edition(*, by: User, is_provisional: bool = False, **notes: str) -> Edition:
    """`notes_zh`, `notes_en`: what the publisher says of it."""
    check_role(by, Role.PUBLISHER)
    own = {suffix(code): notes.get(f"notes_{suffix(code)}", "").strip() for code in codes()}
    for _attempt in range(ATTEMPTS):
        draft = _draft(today(), is_provisional, own)
        if row := _release(draft, by=by, at=timezone.now()):
            return row
    raise Refused(_("The register kept changing while the edition was made; nothing was frozen. Try again."))


def _draft(day: date, is_provisional: bool, notes: dict[str, str]) -> Draft:
    """Outside any transaction of its own: others write meanwhile, and `_release` sees whether they did."""
    seen = content_version()
    last = Edition.objects.order_by("-number").first()
    if last and last.day > day:
        sentence = _("Edition %(number)d is of %(last)s; the next one cannot be of an earlier day (%(day)s).")
        raise Refused(sentence % {"number": last.number, "last": last.day, "day": day}, "day")
    rows = frozen_rows(day)
    if not rows["commitments"]:
        raise Refused(_("Nothing is published here; there is nothing to freeze."))
    number = last.number + 1 if last else 1
    frozen = Frozen(number, day, is_provisional, notes, editions.pair(last) if last else None, rows)
    since = changes(_tables_of(last), rows) if last else []
    return Draft(frozen, archive(Release(frozen, since, _names(), _reports(day, last))), seen)


def _reports(day: date, last: Edition | None) -> dict[str, bytes]:
    """A progress report about the time since the edition before, in each language; a brief one of a great register."""
    start = last.day if last else SourceDocument.objects.published().earliest("issued_on").issued_on
    reports = {}
    for code in codes():
        with override(code):
            reports[f"report.{suffix(code)}.html"] = _report(start, day)
    return reports


def _report(start: date, end: date) -> bytes:
    asked = QueryDict(f"from={start}&to={end}&known_on={end}&length={ReportLength.FULL}", mutable=True)
    try:
        return b"".join(FORMATS["html"].pieces(Question(asked).report(site_url="")))
    except Refused:
        asked["length"] = ReportLength.BRIEF.value
        return b"".join(FORMATS["html"].pieces(Question(asked).report(site_url="")))


def _tables_of(last: Edition) -> Any:
    try:
        return editions.frozen(last).tables
    except editions.Altered as altered:
        sentence = _("Edition %(number)d is no longer as it was frozen (%(file)s); bring it back from a backup first.")
        raise Refused(sentence % {"number": last.number, "file": altered}) from altered


def _names() -> dict[str, str]:
    names = {}
    for code in codes():
        with override(code):
            names[suffix(code)] = facts().name
    return names


def _release(draft: Draft, *, by: User, at: Any) -> Edition | None:
    """None where someone wrote since the draft was begun. Files stand whole before the row that speaks of them."""
    keep(draft.frozen.content, FOLDER, ".json")
    keep(draft.archive, FOLDER, ".zip")
    with transaction.atomic():
        _wait_for_others()
        if content_version() != draft.seen:
            return None
        row: Any = draft.row(by, at)
        row._history_date = at
        write(row, by=by, why=reason(row.number))
        return row


def reason(number: int) -> str:
    return f"edition {number} frozen"


def _wait_for_others() -> None:
    """One freezing at a time. On SQLite the transaction itself is the only writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Edition._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def freeze_shipped(*, fixtures: Path) -> str:
    """The edition that ships with the register, once, on a site that has none; '' or why it was not made.

    It says the same on every machine or is not made at all: where rows were edited its hash would be another one.
    """
    shipped = fixtures / SHIPPED
    if Edition.objects.exists() or not shipped.is_file():
        return ""
    said = json.loads(shipped.read_text(encoding="utf-8"))
    day = date.fromisoformat(said["day"])
    try:
        draft = _draft(day, said["provisional"], {suffix(code): said[f"notes_{suffix(code)}"] for code in codes()})
    except Refused as refused:
        return str(refused)
    if draft.frozen.sha256 != said["sha256"]:
        words = {"found": draft.frozen.sha256, "expected": said["sha256"]}
        return _("the register here is not the one that ships (%(found)s instead of %(expected)s)") % words
    _release(draft, by=desk_review_user(), at=noon(day))
    return ""
