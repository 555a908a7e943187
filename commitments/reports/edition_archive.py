"""The ZIP of an edition: one writer after another adds its files; the same edition gives the same bytes.

A writer takes the release and the files that stand already; add one to WRITERS to have more in every later edition.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from commitments.catalogue.edition_changes import CHANGE, Change
from commitments.catalogue.edition_tables import TABLES
from commitments.reports import edition_book, edition_package, edition_words, table_csv, table_jsonl
from commitments.reports.release import Release
from commitments.reports.zipped import stored

CONTENT, SUMS = "edition.json", "sha256sums.txt"
Files = dict[str, bytes]
Writer = Callable[[Release, Files], Files]


def archive(release: Release) -> bytes:
    files: Files = {}
    for write in WRITERS:
        files |= write(release, files)
    return stored(files.items(), release.frozen.day)


def _content(release: Release, _files: Files) -> Files:
    return {CONTENT: release.frozen.content}


def _csv(release: Release, _files: Files) -> Files:
    made = {
        f"csv/{table.name}.csv": _joined(table_csv.lines(table.fields, release.frozen.tables[table.name]))
        for table in TABLES
    }
    return {**made, "changes.csv": changes_csv(release.changes)}


def changes_csv(changes: Iterable[Change]) -> bytes:
    return _joined(table_csv.lines(CHANGE, (change._asdict() for change in changes)))


def _jsonl(release: Release, _files: Files) -> Files:
    return {
        f"jsonl/{table.name}.jsonl": _joined(table_jsonl.lines(release.frozen.tables[table.name])) for table in TABLES
    }


def _book(release: Release, _files: Files) -> Files:
    return {"tables.xlsx": edition_book.workbook(release)}


def _package(release: Release, files: Files) -> Files:
    tables = {name: content for name, content in files.items() if name.endswith(".csv")}
    return {"datapackage.json": edition_package.datapackage(release, tables)}


def _papers(release: Release, _files: Files) -> Files:
    notes = {
        f"release-notes.{ending}.md": edition_words.release_notes(release, code)
        for code, ending in edition_words.languages()
    }
    return {**notes, "CITATION.cff": edition_words.citation(release), "LICENSE.txt": edition_words.licence()}


def _reports(release: Release, _files: Files) -> Files:
    return release.reports


def _sums(_release: Release, files: Files) -> Files:
    return {SUMS: sums(files)}


def sums(files: Files) -> bytes:
    """As `sha256sum --check` reads them."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    return "".join(lines).encode()


def _joined(lines: Any) -> bytes:
    return "".join(lines).encode()


# The sums come last: they are of everything else.
WRITERS: tuple[Writer, ...] = (_content, _csv, _jsonl, _book, _package, _papers, _reports, _sums)
