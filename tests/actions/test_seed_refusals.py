"""Tampered fixtures: each is refused with its file, row, field and reason, and nothing is written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from django.utils.translation import override

from commitments.actions.seed import seed
from commitments.actions.seeding.problems import Problem, SeedRefused
from tests.actions.seeded import NOW, SLUG, change_json, change_table, copy, dump, entries, pick, table

__all__ = ["copy"]

pytestmark = pytest.mark.django_db


class Tamper(NamedTuple):
    """`change` edits the copy; the refusal must name this file, row, field, and say this."""

    name: str
    change: Callable[[Path], Any]
    file: str
    row: str
    field: str
    says: str


def line(file: str, **where: str) -> str:
    """No cell of the fixtures has a line break, so a row's line is its number and one for the columns."""
    rows = table(file)
    return f"line {rows.index(pick(rows, **where)) + 2}"


def entry(file: str, **where: str) -> str:
    rows = entries(file)
    return f"entry {rows.index(pick(rows, **where)) + 1}"


def cell(name: str, file: str, where: dict[str, str], values: dict[str, str], says: str, field: str = "") -> Tamper:
    def change(folder: Path) -> None:
        change_table(folder, file, lambda rows: pick(rows, **where).update(values))

    return Tamper(name, change, f"{SLUG}/{file}", line(file, **where), field or next(iter(values)), says)


def value(name: str, file: str, where: dict[str, str], values: dict[str, Any], says: str, field: str = "") -> Tamper:
    def change(folder: Path) -> None:
        change_json(folder, file, lambda rows: pick(rows, **where).update(values))

    return Tamper(name, change, f"{SLUG}/{file}", entry(file, **where), field or next(iter(values)), says)


def without(name: str, file: str, where: dict[str, str], key: str) -> Tamper:
    def change(folder: Path) -> None:
        change_json(folder, file, lambda rows: pick(rows, **where).pop(key))

    return Tamper(name, change, f"{SLUG}/{file}", entry(file, **where), key, "missing")


def about(name: str, file: str, values: dict[str, Any], says: str) -> Tamper:
    def change(folder: Path) -> None:
        change_json(folder, file, lambda found: found.update(values))

    return Tamper(name, change, f"{SLUG}/{file}", "", next(iter(values)), says)


def raw(name: str, file: str, change: Callable[[bytes], bytes], says: str, row: str = "", field: str = "") -> Tamper:
    def rewrite(folder: Path) -> None:
        path = folder / file
        path.write_bytes(change(path.read_bytes()))

    return Tamper(name, rewrite, file, row, field, says)


def twice(name: str, file: str, where: dict[str, str], field: str, **over: Any) -> Tamper:
    def change(folder: Path) -> None:
        (change_table if file.endswith("csv") else change_json)(
            folder, file, lambda rows: rows.append({**pick(rows, **where), **over})
        )

    count = len(table(file)) + 2 if file.endswith("csv") else len(entries(file)) + 1
    row = f"line {count}" if file.endswith("csv") else f"entry {count}"
    return Tamper(name, change, f"{SLUG}/{file}", row, field, "twice")


def remove(name: str, file: str) -> Tamper:
    return Tamper(name, lambda folder: (folder / file).unlink(), file, "", "", "missing")


C42, D42 = {"code": "4.2"}, {"id": "4.2@2024-02-06"}
REGISTER, EVIDENCE, STEPS = "register.csv", "evidence.json", "assessments.json"
NO_EVIDENCE = {"id": "2.4@2026-03-31"}
RUN = {"first_paragraph": 3, "last_paragraph": 99}
COMPLETED = next(row for row in entries(STEPS) if row["status"] == "completed")
SUBSTANTIAL = next(row for row in entries(STEPS) if row["status"] == "substantial")
LATER_STEP = next(b for a, b in zip(entries(STEPS), entries(STEPS)[1:], strict=False) if a["code"] == b["code"])

TAMPERS = [
    # the register
    cell("bad code", REGISTER, C42, {"code": "4 2"}, "not a code"),
    cell("code too long", REGISTER, C42, {"code": "4" * 33}, "not a code"),
    cell("empty code", REGISTER, C42, {"code": ""}, "not a code"),
    twice("duplicate code", REGISTER, C42, "code"),
    cell("unknown parent", REGISTER, C42, {"parent": "44"}, "No commitment"),
    cell("parent cycle", REGISTER, {"code": "1.1"}, {"parent": "1.1.1"}, "below itself"),
    cell("its own parent", REGISTER, C42, {"parent": "4.2"}, "below itself"),
    cell("parent of the wrong kind", REGISTER, C42, {"parent": "4.1"}, "cannot stand"),
    cell("component at the top", REGISTER, {"code": "1.1.1"}, {"parent": ""}, "cannot stand", "parent"),
    cell("bad kind", REGISTER, C42, {"kind": "measur"}, "principle, proposal, measure"),
    cell("bad target", REGISTER, C42, {"target": "someday"}, "one_off, continuing, quantified"),
    cell("missing target", REGISTER, C42, {"target": ""}, "needs a type of target"),
    cell("target for a proposal", REGISTER, {"code": "4"}, {"target": "one_off"}, "has no type of target"),
    cell("criterion for a proposal", REGISTER, {"code": "4"}, {"criterion_zh": "有。"}, "has no criterion"),
    cell("missing title", REGISTER, C42, {"title_zh": " "}, "must not be empty"),
    cell("title too long", REGISTER, C42, {"title_zh": "长" * 301}, "300"),
    cell("quote not in its section", REGISTER, C42, {"quote": "加快推进D线建设"}, "does not stand"),
    cell("quote of another section", REGISTER, {"code": "J1"}, {"section": "speech"}, "does not stand", "quote"),
    cell("quote that stands more than once", REGISTER, {"code": "P1"}, {"quote": "中亚"}, "times"),
    cell("empty quote", REGISTER, C42, {"quote": ""}, "must not be empty"),
    cell("unknown section", REGISTER, C42, {"section": "preamble"}, "no such section"),
    cell("impossible date", REGISTER, {"code": "S1"}, {"due_on": "2027-02-30"}, "2023-05-19"),
    cell("date that is not ISO", REGISTER, {"code": "S1"}, {"due_on": "31/12/2027"}, "2023-05-19"),
    cell("short ISO date", REGISTER, {"code": "S1"}, {"due_on": "20271231"}, "2023-05-19"),
    cell("control character", REGISTER, C42, {"title_en": "Line\x07D"}, "U+0007"),
    raw("missing column", f"{SLUG}/{REGISTER}", lambda b: b.replace(b",due_on", b"", 1), "missing: due_on", "line 1"),
    raw("column more", f"{SLUG}/{REGISTER}", lambda b: b.replace(b"code,", b"code,colour,", 1), "colour", "line 1"),
    raw("too many cells", f"{SLUG}/{REGISTER}", lambda b: b + b"9,,,,,,,,,,,\n", "12 cells", "line 87"),
    raw("too few cells", f"{SLUG}/{REGISTER}", lambda b: b + b"9,,proposal\n", "3 cells", "line 87"),
    raw("open quotation mark", f"{SLUG}/{REGISTER}", lambda b: b + b'"9', "not CSV", "line 87"),
    raw("empty file", f"{SLUG}/{REGISTER}", lambda b: b"", "missing: code", "line 1"),
    raw("bad UTF-8", f"{SLUG}/{REGISTER}", lambda b: b + b"\xff\n", "not UTF-8"),
    raw("NUL", f"{SLUG}/{REGISTER}", lambda b: b.replace("坚持".encode(), b"\0", 1), "NUL"),
    remove("missing table", f"{SLUG}/{REGISTER}"),
    # what hangs on it
    cell("restatement of an unknown code", "restatements.csv", {"code": "4.1"}, {"code": "4.11"}, "No commitment"),
    cell(
        "restatement not found", "restatements.csv", {"code": "4.1"}, {"section": "speech"}, "does not stand", "quote"
    ),
    twice("duplicate restatement", "restatements.csv", {"code": "4.1"}, "quote"),
    cell("covered by an unknown code", "excluded.csv", {"covered_by": "S1"}, {"covered_by": "S1|S9"}, "No commitment"),
    cell("unknown party", "parties.csv", {"code": "4.2", "party": "KZ"}, {"party": "XX"}, "party_names.csv"),
    cell(
        "bad role", "parties.csv", {"code": "4.2", "party": "KZ"}, {"role": "friend"}, "proposer, partner, host, lead"
    ),
    twice("duplicate party", "parties.csv", {"code": "4.2", "party": "KZ"}, "party"),
    cell("note for an unknown code", "notes.csv", {"code": "1"}, {"code": "99"}, "No commitment"),
    cell("note in the future", "notes.csv", {"code": "1"}, {"dated": "2027-01-01"}, "in the future"),
    cell("bad visibility", "notes.csv", {"code": "1"}, {"visibility": "secret"}, "internal, public"),
    raw("bad party name", "party_names.csv", lambda b: b.replace("中国".encode(), b""), "empty", "line 2", "name_zh"),
    # publishers and evidence
    cell("bad voice", "publishers.csv", {"id": "24-kg"}, {"voice": "friend"}, "promising_side"),
    cell("bad publisher id", "publishers.csv", {"id": "24-kg"}, {"id": "24.kg"}, "a-z"),
    cell("missing origin", "publishers.csv", {"id": "24-kg"}, {"origin": ""}, "must not be empty"),
    twice("duplicate publisher", "publishers.csv", {"id": "24-kg"}, "id", names_as_given="other"),
    value("evidence: unknown publisher", EVIDENCE, {"id": "E001"}, {"publisher_id": "nobody"}, "No publisher"),
    value("evidence: other name", EVIDENCE, {"id": "E001"}, {"publisher": "nCa?"}, "not among the names"),
    twice("evidence: duplicate code", EVIDENCE, {"id": "E001"}, "id", url="https://example.org/"),
    twice("evidence: duplicate address", EVIDENCE, {"id": "E001"}, "url", id="E900"),
    value("evidence: script address", EVIDENCE, {"id": "E001"}, {"url": "javascript:alert(1)"}, "http"),
    value("evidence: address with a space", EVIDENCE, {"id": "E001"}, {"url": "https://example.org/a b"}, "spaces"),
    value("evidence: ftp address", EVIDENCE, {"id": "E001"}, {"url": "ftp://example.org/"}, "http"),
    value("evidence: no address", EVIDENCE, {"id": "E001"}, {"url": None}, "text is expected"),
    value("evidence: bad kind", EVIDENCE, {"id": "E001"}, {"kind": "blog"}, "official, media"),
    value("evidence: bad date", EVIDENCE, {"id": "E001"}, {"published_on": "2024-13-01"}, "2023-05-19"),
    value("evidence: a number for a text", EVIDENCE, {"id": "E001"}, {"fact_zh": 7}, "text is expected"),
    value("evidence: a text for yes or no", EVIDENCE, {"id": "E001"}, {"is_summit_text": "no"}, "true or false"),
    value(
        "evidence: bad bearing", EVIDENCE, {"id": "E002"}, {"bears": {"1.1.1": "proof", "J3": "progress"}}, "completion"
    ),
    value(
        "evidence: bearings and codes differ", EVIDENCE, {"id": "E002"}, {"bears": {"1.1.1": "progress"}}, "each code"
    ),
    value(
        *("evidence: unknown commitment", EVIDENCE, {"id": "E002"}),
        *({"commitments": ["9.9"], "bears": {"9.9": "progress"}}, "No commitment"),
    ),
    value("evidence: half a surrogate pair", EVIDENCE, {"id": "E001"}, {"fact": "\ud800"}, "U+D800"),
    without("evidence: missing key", EVIDENCE, {"id": "E001"}, "confidence"),
    raw("bad JSON", f"{SLUG}/{EVIDENCE}", lambda b: b[:-3], "not JSON"),
    raw("a name twice", f"{SLUG}/{EVIDENCE}", lambda b: b.replace(b'"id":', b'"id": "E0", "id":', 1), "stands twice"),
    raw("very deep JSON", f"{SLUG}/{EVIDENCE}", lambda b: b"[" * 100_000, "not JSON"),
    raw("an object for a list", f"{SLUG}/{EVIDENCE}", lambda b: b"{}", "list is expected"),
    raw("texts for objects", f"{SLUG}/{EVIDENCE}", lambda b: b'["E001"]', "object", "entry 1"),
    # assessments
    value("step: unknown commitment", STEPS, D42, {"code": "9.9", "id": "9.9@2024-02-06"}, "No commitment"),
    value("step: bad status", STEPS, D42, {"status": "broken"}, "not_assessed, no_evidence"),
    value("step: bad momentum", STEPS, D42, {"momentum": "quiet"}, "advancing, stalled, reversing"),
    value(
        "step: momentum not allowed", STEPS, {"id": "P1@2026-03-31"}, {"momentum": "advancing"}, "no recent movement"
    ),
    value("step: no confidence", STEPS, D42, {"confidence": None}, "text is expected"),
    without("step: confidence missing", STEPS, D42, "confidence"),
    value("step: id is not code@as_of", STEPS, D42, {"id": "4.2@2024-02-07"}, "4.2@2024-02-06"),
    twice("step: duplicate", STEPS, D42, "id"),
    value(
        *("step: as_of after assessed_on", STEPS, D42),
        *({"as_of": "2026-11-23", "id": "4.2@2026-11-23"}, "after assessed_on"),
    ),
    value("step: judged in the future", STEPS, D42, {"assessed_on": "2026-12-02"}, "in the future"),
    value("step: unknown evidence", STEPS, D42, {"evidence": ["E999"]}, "No evidence"),
    value("step: evidence twice", STEPS, D42, {"evidence": ["E080", "E080"]}, "twice"),
    value("step: no rationale", STEPS, D42, {"rationale_zh": ""}, "must not be empty"),
    value("step: other verifiability", STEPS, {"id": LATER_STEP["id"]}, {"verifiability": "not_verifiable"}, "earlier"),
    value("step: half a search log", STEPS, NO_EVIDENCE, {"search_log_en": ""}, "must not be empty"),
    value("step: a log that does not belong", STEPS, D42, {"search_log_zh": "查"}, "no_evidence only"),
    value("step: a key more", STEPS, D42, {"author": "me"}, "not known"),
    value("gate: nothing cited", STEPS, {"id": SUBSTANTIAL["id"]}, {"evidence": []}, "needs at least 2", "evidence"),
    value("gate: continuing and completed", STEPS, D42, {"status": "sustained"}, "type", "status"),
    value(
        *("gate: stray evidence", STEPS, {"id": COMPLETED["id"]}),
        *({"evidence": [*COMPLETED["evidence"], "E184"]}, "E184 does not bear"),
    ),
    # the document
    about("document: bad kind", "document.json", {"kind": "poem"}, "news_report"),
    about("document: bad slug", "document.json", {"slug": "Xi'an 2023"}, "a-z"),
    about("document: paragraphs out of range", "document.json", {"sections": {"speech": [RUN]}}, "within 0 and 50"),
    about("document: sections of the wrong type", "document.json", {"sections": ["speech"]}, "object"),
    about(
        "document: name of a section", "document.json", {"sections": {"\ud800": [{**RUN, "last_paragraph": 4}]}}, "a-z"
    ),
    about("document: names of kinds", "document.json", {"kind_labels": {"poem": {"zh": "诗"}}}, "outcome"),
    about("document: path for a file", "document.json", {"text_file": "../secret.txt"}, "in this folder"),
    about("document: bad address", "document.json", {"url": "javascript:alert(1)"}, "http"),
    about("document: bad date", "document.json", {"issued_on": "19 May 2023"}, "2023-05-19"),
    about("provenance: other number of limits", "provenance.json", {"limits_en": ["One."]}, "as many"),
    about("provenance: reviewed in the future", "provenance.json", {"reviewed_on": "2027-01-01"}, "in the future"),
    remove("document: missing", f"{SLUG}/document.json"),
    remove("document: text missing", f"{SLUG}/xian-2023.paragraphs.txt"),
    remove("provenance: missing", f"{SLUG}/provenance.json"),
    raw("text with bad UTF-8", f"{SLUG}/xian-2023.paragraphs.txt", lambda b: b"\xff" + b, "not UTF-8"),
]


def refusal(folder: Path) -> list[Problem]:
    before = dump()
    with override("en"), time_machine.travel(NOW, tick=False), pytest.raises(SeedRefused) as caught:
        seed(fixtures=folder)
    assert dump() == before
    assert str(caught.value)
    return caught.value.problems


def of_each_run() -> list[Any]:
    """Every third in every run, all of them among the slow tests."""
    return [pytest.param(one, marks=[pytest.mark.slow] if n % 3 else []) for n, one in enumerate(TAMPERS)]


@pytest.mark.parametrize("tamper", of_each_run(), ids=lambda tamper: tamper.name)
def test_a_bad_row_is_refused_by_name_and_nothing_is_written(copy: Path, tamper: Tamper) -> None:
    tamper.change(copy)
    problem = refusal(copy)[0]
    assert (problem.place.file, problem.place.row, problem.field) == (tamper.file, tamper.row, tamper.field)
    assert tamper.says in problem.reason


def test_all_problems_of_the_files_are_told_at_once(copy: Path) -> None:
    change_table(copy, REGISTER, lambda rows: pick(rows, **C42).update(kind="x", due_on="y", quote="z"))
    change_table(copy, "notes.csv", lambda rows: pick(rows, code="1").update(code="99"))
    fields = [(problem.place.file.split("/")[1], problem.field) for problem in refusal(copy)]
    assert fields == [(REGISTER, "kind"), (REGISTER, "due_on"), (REGISTER, "quote"), ("notes.csv", "code")]


def test_all_gates_that_are_not_met_are_told_at_once(copy: Path) -> None:
    def change(rows: list) -> None:
        for row in (COMPLETED, SUBSTANTIAL):
            pick(rows, id=row["id"]).update(evidence=[])

    change_json(copy, STEPS, change)
    assert len(refusal(copy)) == 2


def test_a_sentence_names_file_line_field_value_and_reason(copy: Path) -> None:
    change_table(copy, REGISTER, lambda rows: pick(rows, **C42).update(kind="measur"))
    with override("en"):
        sentence = str(refusal(copy)[0])
    assert sentence == (
        f"xian-2023/register.csv, {line(REGISTER, **C42)}, kind = “measur”: "
        "Allowed are: principle, proposal, measure, component, outcome, press."
    )


def test_two_registers_cannot_share_a_slug(copy: Path) -> None:
    for name in ("publishers.csv", "evidence.json", "assessments.json"):
        (copy / "other").mkdir(exist_ok=True)
        (copy / "other" / name).write_bytes(
            b"[]\n" if name.endswith("json") else (copy / SLUG / name).read_bytes()[:57]
        )
    for file in (copy / SLUG).iterdir():
        if not (copy / "other" / file.name).exists():
            (copy / "other" / file.name).write_bytes(file.read_bytes())
    assert any(problem.field == "slug" for problem in refusal(copy))


@pytest.mark.parametrize("name", ["nothing", "."])
def test_a_folder_without_registers_is_refused(tmp_path: Path, name: str) -> None:
    (problem,) = [p for p in refusal(tmp_path / name) if not p.field and "register" in p.reason or "folder" in p.reason]
    assert str(tmp_path) in problem.place.file
