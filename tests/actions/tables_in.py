"""Tables as analysts bring them, for the tests beside: rows of words -> the bytes of a CSV file or a workbook."""

import csv
import io
from typing import Any

import openpyxl

from commitments.actions.import_register import import_register
from commitments.actions.importing.outcomes import Outcome, Result
from commitments.models import SourceDocument
from tests import people
from tests.tables import forged

Row = dict[str, Any]


def csv_of(*rows: Row, codec: str = "utf-8-sig", separator: str = ",") -> bytes:
    """The columns are those of the first row."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(rows[0])
    writer.writerows([row.get(name, "") for name in rows[0]] for row in rows)
    return out.getvalue().encode(codec)


def xlsx_of(**tables: list[Row]) -> bytes:
    """A sheet for each table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([row.get(column) for column in rows[0]])
    return forged.saved(book)


def tried(*rows: Row, name: str = "表.csv") -> Result:
    return import_register(csv_of(*rows), name, by=people.analyst(), is_kept=False)


def applied(*rows: Row, name: str = "表.csv") -> Result:
    return import_register(csv_of(*rows), name, by=people.analyst(), is_kept=True)


def verdicts(result: Result) -> list[str]:
    return [outcome.verdict.value for outcome in result.outcomes]


def only(result: Result) -> Outcome:
    (outcome,) = result.outcomes
    return outcome


def wrong(result: Result) -> str:
    outcome = only(result)
    assert outcome.verdict == "wrong", outcome
    assert not result.is_applied
    return " ".join(outcome.sentences)


def new_commitment(document: SourceDocument, **over: Any) -> Row:
    return {
        "id": f"{document.slug}/9.1",
        "kind": "measure",
        "target": "one_off",
        "title_zh": "扩大贸易规模",
        "criterion_zh": "贸易额有所增加。",
        **over,
    }


def new_assessment(commitment: Any, **over: Any) -> Row:
    return {
        "commitment": commitment.natural_id,
        "as_of": "2024-05-01",
        "status": "实施中",
        "confidence": "medium",
        "rationale_zh": "公开材料显示已有交付。",
        "evidence": "",
        **over,
    }


def new_evidence(publisher: Any, **over: Any) -> Row:
    return {
        "url": "https://example.org/brought",
        "title": "一则消息",
        "kind": "official",
        "publisher": publisher.name,
        "published_on": "2024-04-30",
        "summary_zh": "已开工。",
        **over,
    }
