"""The formats of a report: name -> its media type, and what turns a Report into bytes."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from commitments.reports import report_csv, report_docx, report_html, report_json, report_pdf, report_xlsx
from commitments.reports.content import Report

PIECE = 1 << 16


class Format(NamedTuple):
    """`pieces` writes in the active language."""

    content_type: str
    pieces: Callable[[Report], Iterator[bytes]]


def _html(report: Report) -> Iterator[bytes]:
    yield report_html.document(report).encode()


def _csv(report: Report) -> Iterator[bytes]:
    return (line.encode() for line in report_csv.lines(report))


def _xlsx(report: Report) -> Iterator[bytes]:
    with report_xlsx.workbook(report) as file:
        while piece := file.read(PIECE):
            yield piece


def _json(report: Report) -> Iterator[bytes]:
    yield report_json.document(report).encode()


def _pdf(report: Report) -> Iterator[bytes]:
    yield report_pdf.document(report)


def _docx(report: Report) -> Iterator[bytes]:
    yield report_docx.document(report)


FORMATS = {
    "html": Format(report_html.CONTENT_TYPE, _html),
    "csv": Format(report_csv.CONTENT_TYPE, _csv),
    "xlsx": Format(report_xlsx.CONTENT_TYPE, _xlsx),
    "json": Format(report_json.CONTENT_TYPE, _json),
    "pdf": Format(report_pdf.CONTENT_TYPE, _pdf),
    "docx": Format(report_docx.CONTENT_TYPE, _docx),
}


def save(path: Path, pieces: Iterable[bytes]) -> None:
    """The whole file or none: written beside its place, then moved there."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, 0o644)
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
