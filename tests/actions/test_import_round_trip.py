"""What this site exports comes back as it went out: every row unchanged, and not one row of any table written."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from commitments.actions.import_register import current_rows, import_register
from commitments.catalogue import records
from commitments.catalogue.edition_rows import frozen_rows
from commitments.catalogue.listing import Listing
from commitments.models import Commitment, Publisher
from commitments.reports import import_template, table_csv, table_xlsx
from commitments.reports.cells import guarded
from commitments.reports.edition_archive import archive
from commitments.reports.import_columns import SHEETS, Sheet
from commitments.text.clean import clean_text
from tests import people
from tests.actions.seeded import FIXTURES, SLUG, dump, first_run, seeded
from tests.actions.tables_in import applied, verdicts
from tests.factories import (
    make_assessment,
    make_commitment,
    make_evidence,
    make_judged,
    make_link,
    make_passage,
    make_publisher,
)
from tests.models.written import everything
from tests.reports.test_edition_archive import DAY, release
from tests.standing import standing

__all__ = ["first_run", "seeded"]
pytestmark = pytest.mark.django_db


def counted(content: bytes, name: str) -> dict[str, dict[str, int]]:
    """For real, not as a dry run. Only where nothing is written either."""
    by = people.analyst()
    before = dump()
    result = import_register(content, name, by=by, is_kept=True)
    assert result.is_applied
    assert dump() == before
    assert [outcome.remarks for outcome in result.outcomes if outcome.remarks] == []
    return {table: {v.value: n for v, n in result.counts(table).items()} for table in result.tables}


@pytest.mark.parametrize("address", [f"{lang}/commitments.{end}" for lang in ("", "/en") for end in ("csv", "xlsx")])
def test_the_list_of_the_shipped_register(seeded: Any, address: str):
    content = b"".join(Client().get(address).streaming_content)
    assert counted(content, address[-8:]) == {"commitments": {"unchanged": 85}}


def test_a_part_of_the_list_in_another_order(seeded: Any):
    content = b"".join(Client().get("/commitments.csv?kind=measure&order=-as_of").streaming_content)
    assert set(counted(content, "a.csv")["commitments"]) == {"unchanged"}


def test_the_list_as_it_was_on_another_day_differs_in_what_is_not_read_alone(seeded: Any):
    content = b"".join(Client().get("/commitments.csv?as_of=2024-01-01").streaming_content)
    before = dump()
    result = import_register(content, "a.csv", by=people.analyst(), is_kept=True)
    assert {outcome.verdict.value for outcome in result.outcomes} == {"unchanged"}
    assert any(outcome.remarks for outcome in result.outcomes)
    people_aside = {name: rows for name, rows in dump().items() if name in before}
    assert people_aside == before


def read(file: IO[bytes]) -> bytes:
    with file:
        return file.read()


EDITION = {
    "commitments": {"unchanged": 85},
    "evidence": {"unchanged": 184},
    "assessments": {"unchanged": 131},
}


@pytest.mark.slow
def test_the_archive_of_an_edition_with_its_tables_and_its_workbook(seeded: Any):
    content = archive(release(frozen_rows(DAY)))
    assert counted(content, "edition.zip") == EDITION
    assert counted(_member(content, "tables.xlsx"), "tables.xlsx") == EDITION
    for table, expected in EDITION.items():
        assert counted(_member(content, f"csv/{table}.csv"), "x.csv") == {table: expected}


def _member(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return made.read(name)


def test_the_publishers_as_they_were_shipped(seeded: Any):
    content = (FIXTURES / SLUG / "publishers.csv").read_bytes()
    assert counted(content, "publishers.csv") == {"publishers": {"unchanged": Publisher.objects.count()}}


@pytest.mark.slow
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_filled_template_of_the_shipped_register(seeded: Any, sheet: Any):
    rows = current_rows(sheet.name, most=5_000)
    expected = {sheet.name: {"unchanged": len(rows)}}
    assert counted("".join(import_template.lines(sheet, rows)).encode(), "a.csv") == expected
    for language in ("zh-hans", "en"):
        with override(language):
            content = read(import_template.workbook(sheet, rows, language))
        assert counted(content, "a.xlsx") == expected


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_an_empty_template_holds_no_row(sheet: Any):
    by = people.analyst()
    for name, content in (
        ("a.csv", "".join(import_template.lines(sheet, [])).encode()),
        ("a.xlsx", read(import_template.workbook(sheet, [], "en"))),
    ):
        assert import_register(content, name, by=by, is_kept=False).outcomes == []


# Values that files tend to spoil

HOSTILE = [
    *(
        "=1+1",
        "+86 10",
        "-5",
        "- 破折",
        "@甲",
        "|管道",
        "%甲",
        "＝全角",
        "'撇号",
        "'=撇号",
        "''",
        "'-5",
        "\t制表",
        "多\n行\n",
        "a\tb",
    ),
    *(
        "毖谰锨〇",
        "𠮷野家",
        "é́",
        "\u200b零宽",
        "\u200b=零宽",
        "“引号”",
        '"',
        '""',
        "a,b;c",
        "_x000D_",
        "_x0041_",
    ),
    *("4.10", "00012", "1e5", "TRUE", "2024-01-02", "NULL", "#REF!", "尾 ", " 头", "🇰🇿", "长" * 3_000, "<b>&amp;</b>"),
]


def hostile_world() -> None:
    """One of each noun for each value, with it in every text that a file carries."""
    proposal = make_commitment(kind="proposal", code="1")
    for number, text in enumerate(HOSTILE):
        short = text[:280]
        row = make_commitment(
            parent=proposal, code=f"1.{number}0", title_zh=short, title_en=short, criterion_zh=text, criterion_en=text
        )
        make_passage(row)
        publisher = make_publisher(name=short[:190] or "-", origin=short[:190], names_as_given=[short], note=text)
        link = make_link(row, make_evidence(publisher=publisher, title=short, summary_zh=text, summary_en=text))
        make_judged(row, rationale_zh=text, rationale_en=text)
        make_assessment(row, [link.evidence], rationale_zh=text, rationale_en=text)


@pytest.fixture(scope="module")
def _loaded_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker):
        hostile_world()
        yield


@pytest.fixture
def hostile(_loaded_once: None, db: None) -> None:
    """The world of hostile values; each test rolls back to it."""


def listed() -> list[dict[str, Any]]:
    return [records.commitment(row) for row in Listing(QueryDict())]


def listed_csv() -> bytes:
    return "".join(table_csv.lines(records.COMMITMENT, listed())).encode()


def exports() -> dict[str, Callable[[], bytes]]:
    """Name -> a file of ours about the rows that stand."""
    return {
        "commitments.csv": listed_csv,
        "commitments.xlsx": lambda: read(table_xlsx.workbook(records.COMMITMENT, listed(), "zh")),
        "edition.zip": lambda: archive(release(frozen_rows(DAY))),
        "tables.xlsx": lambda: _member(archive(release(frozen_rows(DAY))), "tables.xlsx"),
        **{f"{sheet.name}-current.csv": lambda sheet=sheet: _current_csv(sheet) for sheet in SHEETS},
        **{f"{sheet.name}-current.xlsx": lambda sheet=sheet: _current_book(sheet) for sheet in SHEETS},
    }


def _current_csv(sheet: Sheet) -> bytes:
    return "".join(import_template.lines(sheet, current_rows(sheet.name, most=5_000))).encode()


def _current_book(sheet: Sheet) -> bytes:
    return read(import_template.workbook(sheet, current_rows(sheet.name, most=5_000), "zh-hans"))


QUICK = ("commitments.csv", "commitments.xlsx")


@pytest.mark.parametrize("name", [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in exports()])
def test_values_that_files_tend_to_spoil_come_back(hostile: None, name: str):
    by, content = people.analyst(), exports()[name]()
    before = everything()
    result = import_register(content, name, by=by, is_kept=True)
    assert [(o.id, o.changes, o.sentences) for o in result.outcomes if o.verdict != "unchanged"] == []
    assert len(result.outcomes) >= len(HOSTILE)
    assert everything() == before


@pytest.mark.parametrize(
    ("codec", "separator"), [("utf-8", ";"), ("utf-8-sig", "\t"), ("gb18030", ","), ("utf-16", "\t")]
)
def test_a_file_saved_in_another_spelling_comes_back(hostile: None, codec: str, separator: str):
    rows = csv.reader(io.StringIO(listed_csv().decode("utf-8-sig"), newline=""))
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    result = import_register(out.getvalue().encode(codec), "a.csv", by=people.analyst(), is_kept=False)
    assert {outcome.verdict.value for outcome in result.outcomes} == {"unchanged"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_in_words_and_columns_in_any_order(hostile: None, language: str):
    names = [field.labels[language] for field in records.COMMITMENT]
    rows = list(csv.reader(io.StringIO(listed_csv().decode("utf-8-sig"), newline="")))[1:]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([row[::-1] for row in [names, *rows]])
    result = import_register(out.getvalue().encode(), "a.csv", by=people.analyst(), is_kept=False)
    assert {outcome.verdict.value for outcome in result.outcomes} == {"unchanged"}


def test_a_csv_file_that_a_spreadsheet_program_saved_as_a_workbook_comes_back(hostile: None):
    """Its escapes are then text of the cells."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(listed_csv().decode("utf-8-sig"), newline="")):
        if not any(cell.startswith(("=", "#", "_x")) for cell in row):  # which openpyxl itself does not write as text
            book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    result = import_register(out.getvalue(), "a.xlsx", by=people.analyst(), is_kept=False)
    assert [o.id for o in result.outcomes if o.verdict != "unchanged"] == []


def test_hostile_values_are_stored_as_they_were_meant(hostile: None):
    row = make_commitment(title_zh="原题", code="new")
    meant = [text for text in HOSTILE if text.strip() == text and len(text) < 100]
    for text in meant:
        result = applied({"id": row.natural_id, "title_zh": guarded(text)})
        assert (verdicts(result), Commitment.objects.get(code="new").title_zh) == (["changed"], clean_text(text))
    assert len(meant) > 30
