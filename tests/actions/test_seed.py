"""The shipped register, walked file by file against the database."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from commitments.actions.seeding.report import Outcome, Report
from commitments.choices import PassageRole, Publication, ReviewState
from commitments.models import (
    Assessment,
    Check,
    Commitment,
    CommitmentParty,
    Evidence,
    EvidenceLink,
    Exclusion,
    Note,
    Party,
    Passage,
    Provenance,
    Publisher,
    SourceDocument,
    Theme,
)
from tests.actions.seeded import FIXTURES, SLUG, entries, first_run, seeded, table

__all__ = ["first_run", "seeded"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
REVIEWED_AT = datetime(2026, 11, 22, 12, tzinfo=SHANGHAI)
PROPOSALS = {
    "1": "加强机制建设",
    "2": "拓展经贸关系",
    "3": "深化互联互通",
    "4": "扩大能源合作",
    "5": "推进绿色创新",
    "6": "提升发展能力",
    "7": "加强文明对话",
    "8": "维护地区和平",
}
PRINCIPLES = {"P1": "坚持守望相助", "P2": "坚持共同发展", "P3": "坚持普遍安全", "P4": "坚持世代友好"}
NUMERALS = dict(zip("12345678", "一二三四五六七八", strict=True))
pytestmark = pytest.mark.usefixtures("seeded")


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def document() -> SourceDocument:
    return SourceDocument.objects.get(slug=SLUG)


def test_counts_are_those_of_the_files(seeded: Report) -> None:
    kinds = Counter(Commitment.objects.published().values_list("kind", flat=True))
    assert kinds == {"principle": 4, "proposal": 8, "measure": 43, "component": 15, "outcome": 3, "press": 12}
    assert Counter(Passage.objects.values_list("role", flat=True)) == {"primary": 85, "restated": 11}
    assert SourceDocument.objects.published().count() == 1
    assert Evidence.objects.published().count() == 184
    assert Assessment.objects.published().count() == 131
    assert Theme.objects.count() == 0
    logged = [row for row in entries("assessments.json") if "search_log_zh" in row]
    assert Check.objects.count() == len(logged) == 10
    for model, name in [
        (Publisher, "publishers"),
        (CommitmentParty, "parties"),
        (Note, "notes"),
        (Exclusion, "excluded"),
    ]:
        assert model.objects.count() == len(table(f"{name}.csv"))
    assert seeded.total(Outcome.CREATED) == 1439
    assert not seeded.kept


def test_document_holds_the_text_exactly() -> None:
    row, given = document(), entries("document.json")
    assert row.text.encode() == (FIXTURES / SLUG / given["text_file"]).read_bytes()
    assert row.publication == Publication.PUBLISHED
    assert row.published_at == REVIEWED_AT
    for name, value in given.items():
        if name in ("text_file", "raw_file"):
            continue
        have = getattr(row, name)
        assert (iso(have) if isinstance(have, date) else have) == (value or ("" if name == "url" else value)), name


def test_provenance_says_that_no_person_has_checked_it() -> None:
    row, given = document().provenance, entries("provenance.json")
    assert {name: getattr(row, name) for name in given} == {**given, "reviewed_on": date(2026, 11, 22)}
    assert row.checked_by_person is False


def test_every_row_of_the_register_is_there_in_every_field() -> None:
    verifiability = {row["code"]: row["verifiability"] for row in entries("assessments.json")}
    rows = {row.code: row for row in Commitment.objects.select_related("document", "parent")}
    positions: Counter[str] = Counter()
    for given in table("register.csv"):
        row, passage = rows[given["code"]], rows[given["code"]].passages.get(role=PassageRole.PRIMARY)
        positions[given["parent"]] += 1
        have = {name: getattr(row, name) for name in ("code", "kind", "target", "title_zh", "title_en")}
        have |= {"parent": row.parent.code if row.parent else "", "due_on": iso(row.due_on)}
        have |= {"criterion_zh": row.criterion_zh, "criterion_en": row.criterion_en}
        have |= {"quote": passage.quote, "section": passage.section}
        assert have == given
        assert row.position == positions[given["parent"]]
        assert row.document.slug == SLUG
        assert row.verifiability == ("" if row.kind == "proposal" else verifiability[row.code])
        assert (row.publication, row.published_at) == (Publication.PUBLISHED, REVIEWED_AT)
    assert len(rows) == 85


def test_tree_order_is_the_order_of_the_file() -> None:
    assert list(Commitment.objects.in_tree_order().values_list("code", flat=True)) == [
        row["code"] for row in table("register.csv")
    ]


def test_the_eight_proposals_and_the_four_principles_are_named() -> None:
    for codes, kind in [(PROPOSALS, "proposal"), (PRINCIPLES, "principle")]:
        assert dict(Commitment.objects.filter(kind=kind).values_list("code", "title_zh")) == codes


@pytest.mark.parametrize("code", PROPOSALS)
def test_every_part_of_a_proposal_is_there(code: str) -> None:
    proposal = Commitment.objects.get(code=code)
    quote = proposal.passages.get(role=PassageRole.PRIMARY).quote
    assert quote.startswith(f"{NUMERALS[code]}是{PROPOSALS[code]}。")
    given = [row["code"] for row in table("register.csv") if row["code"].startswith(f"{code}.")]
    assert list(Commitment.objects.below(proposal).values_list("code", flat=True)) == given
    assert not (proposal.target or proposal.criterion_zh or proposal.criterion_en or proposal.verifiability)
    for part in Commitment.objects.below(proposal):
        assert part.passages.get(role=PassageRole.PRIMARY).quote in quote, part.code


def test_every_quote_stands_where_its_offsets_say() -> None:
    text, spans = document().text, {name: document().section_spans(name) for name in document().sections}
    rows = [*Passage.objects.all(), *Exclusion.objects.all()]
    assert len(rows) == 96 + 30
    for row in rows:
        assert text[row.start : row.end] == row.quote
        assert any(start <= row.start and row.end <= end for start, end in spans[row.section]), row.quote


def test_a_part_stands_inside_the_passage_of_its_parent() -> None:
    primary = {row.commitment_id: row for row in Passage.objects.filter(role=PassageRole.PRIMARY)}
    for row in Commitment.objects.filter(parent__isnull=False):
        own, whole = primary[row.pk], primary[row.parent_id]
        assert whole.start <= own.start and own.end <= whole.end, row.code


def test_restatements_are_there() -> None:
    have = Passage.objects.filter(role=PassageRole.RESTATED).order_by("pk")
    assert [{"code": p.commitment.code, "quote": p.quote, "section": p.section} for p in have] == table(
        "restatements.csv"
    )


def test_a_press_statement_may_lie_inside_a_restated_passage() -> None:
    inner = Passage.objects.get(commitment__code="J8")
    outer = Passage.objects.get(commitment__code="7.7", role=PassageRole.RESTATED)
    assert outer.start <= inner.start and inner.end <= outer.end


def test_exclusions_are_there_with_what_covers_them() -> None:
    for row, given in zip(Exclusion.objects.order_by("pk"), table("excluded.csv"), strict=True):
        have = {name: getattr(row, name) for name in ("quote", "reason_zh", "reason_en", "section")}
        covered_by = "|".join(row.covered_by.in_tree_order().values_list("code", flat=True))
        wanted = set(given["covered_by"].split("|"))
        assert have | {"covered_by": wanted} == given | {"covered_by": set(covered_by.split("|"))}


def test_parties_are_named_in_order() -> None:
    assert list(Party.objects.values_list("code", "name_zh", "name_en")) == [
        ("CN", "中国", "China"),
        ("KZ", "哈萨克斯坦", "Kazakhstan"),
        ("KG", "吉尔吉斯斯坦", "Kyrgyzstan"),
        ("TJ", "塔吉克斯坦", "Tajikistan"),
        ("TM", "土库曼斯坦", "Turkmenistan"),
        ("UZ", "乌兹别克斯坦", "Uzbekistan"),
    ]


def test_every_part_of_a_party_is_there() -> None:
    rows = CommitmentParty.objects.order_by("pk").values_list(
        "commitment__code", "party__code", "role", "note_zh", "note_en"
    )
    assert list(rows) == [tuple(row.values()) for row in table("parties.csv")]


def test_publishers_are_there() -> None:
    for row, given in zip(Publisher.objects.order_by("pk"), table("publishers.csv"), strict=True):
        have = {name: getattr(row, name) for name in ("name", "origin", "voice", "country", "note")}
        assert have | {"id": row.slug, "names_as_given": "|".join(row.names_as_given)} == given


def test_every_piece_of_evidence_is_there_with_how_it_bears() -> None:
    rows = {row.code: row for row in Evidence.objects.select_related("publisher")}
    for given in entries("evidence.json"):
        row = rows.pop(given["id"])
        same = ("url", "kind", "language", "countries", "supports", "confidence", "is_summit_text")
        assert {name: getattr(row, name) for name in same} == {name: given[name] for name in same}
        assert (row.title or None, iso(row.published_on) or None) == (given["title"], given["published_on"])
        assert (row.publisher.slug, row.publisher_as_given) == (given["publisher_id"], given["publisher"])
        assert (row.summary_zh, row.summary_en) == (given["fact_zh"], given["fact"])
        assert dict(row.links.values_list("commitment__code", "bears")) == given["bears"]
        assert (row.publication, row.published_at) == (Publication.PUBLISHED, REVIEWED_AT)
    assert not rows
    assert EvidenceLink.objects.count() == sum(len(given["bears"]) for given in entries("evidence.json"))


def test_notes_are_there() -> None:
    rows = Note.objects.order_by("pk").values_list("commitment__code", "dated", "visibility", "text_zh", "text_en")
    have = [(code, dated.isoformat(), *rest) for code, dated, *rest in rows]
    assert have == [tuple(row.values()) for row in table("notes.csv")]
    assert set(Note.objects.values_list("author__username", flat=True)) == {"desk-review"}


def test_every_assessment_is_there_with_its_evidence_and_rule() -> None:
    rows = {
        f"{row.commitment.code}@{row.as_of}": row for row in Assessment.objects.select_related("commitment", "author")
    }
    for given in entries("assessments.json"):
        row = rows.pop(given["id"])
        same = ("status", "confidence", "rationale_zh", "rationale_en")
        assert {name: getattr(row, name) for name in same} == {name: given[name] for name in same}
        assert (row.momentum or None, row.party, row.corrects) == (given["momentum"], None, None)
        assert (iso(row.as_of), iso(row.assessed_on)) == (given["as_of"], given["assessed_on"])
        assert list(row.evidence.order_by("citations__pk").values_list("code", flat=True)) == given["evidence"]
        assert (row.review_state, row.published_at) == (ReviewState.PUBLISHED, REVIEWED_AT)
        assert (row.author.username, row.author.is_active) == ("desk-review", False)
        assert row.rule_met and row.codebook_version == 1
    assert not rows


def test_the_rule_met_is_stored() -> None:
    rules = {status: set() for status in Assessment.objects.values_list("status", flat=True)}
    for status, rule in Assessment.objects.values_list("status", "rule_met"):
        rules[status].add(rule)
    assert rules["no_evidence"] == {"checked"}
    assert rules["not_assessed"] == {"none_needed"}
    assert rules["substantial"] == {"two_carrying"}
    assert rules["completed"] <= {"official_source", "two_origins"}


def test_each_search_log_is_a_check_that_found_nothing() -> None:
    logged = {row["code"]: row for row in entries("assessments.json") if "search_log_zh" in row}
    for check in Check.objects.select_related("commitment", "by"):
        given = logged.pop(check.commitment.code)
        assert (check.searched_zh, check.searched_en) == (given["search_log_zh"], given["search_log_en"])
        assert (iso(check.checked_on), check.outcome) == (given["assessed_on"], "nothing")
        assert (check.recorded_at, check.by.username) == (REVIEWED_AT, "desk-review")
    assert not logged


def test_momentum_is_stored_on_two_finished_steps_and_kept() -> None:
    rows = Assessment.objects.filter(status__in=["completed", "sustained"]).exclude(momentum="")
    assert rows.count() == 2


DAYS = ["2023-05-18", "2023-05-19", "2023-12-31", "2024-06-30", "2025-06-17", "2026-03-30", "2026-03-31", "2026-11-22"]


@pytest.mark.parametrize("day", DAYS)
def test_status_in_force_is_the_last_step_by_then(day: str) -> None:
    wanted = {row["code"]: "not_assessed" for row in table("register.csv")}
    for step in sorted(entries("assessments.json"), key=lambda step: step["as_of"]):
        if step["as_of"] <= day:
            wanted[step["code"]] = step["status"]
    rows = Commitment.objects.with_assessment(date.fromisoformat(day), date(2026, 11, 22))
    assert dict(rows.values_list("code", "status")) == wanted


def test_the_day_before_the_review_nothing_was_known() -> None:
    day = date(2026, 11, 22) - timedelta(days=1)
    rows = Commitment.objects.with_assessment(day, day)
    assert set(rows.values_list("status", flat=True)) == {"not_assessed"}


def test_every_row_has_one_key_and_history_says_that_it_was_seeded() -> None:
    parts = (Passage, Exclusion, CommitmentParty, EvidenceLink, Note, Check, Assessment)
    for model in (Party, Publisher, SourceDocument, Provenance, Commitment, Evidence, *parts):
        assert not model.objects.filter(seed_key__isnull=True).exists()
        assert not model.objects.filter(seed_digest="").exists()
        reasons = set(model.history.values_list("history_change_reason", "history_user__username"))
        assert {user for _reason, user in reasons} == {"desk-review"}
        assert all(reason.startswith("seed: ") for reason, _user in reasons)
    assert Commitment.history.count() == 85
    assert Commitment.objects.get(code="4.2").seed_key == "xian-2023/commitment/4.2"
    assert Evidence.objects.get(code="E001").seed_key == "evidence/E001"


def test_the_report_can_be_read_by_machines(seeded: Report) -> None:
    data = json.loads(json.dumps(seeded.as_data()))
    assert data["rows"]["commitment"] == {"created": 85, "updated": 0, "unchanged": 0, "kept": 0}
    assert data["kept"] == []
