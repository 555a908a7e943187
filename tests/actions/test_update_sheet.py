"""The weekly sheet: each row gets the right verdict, a dry run writes nothing, and all is applied or nothing."""

from datetime import date

import pytest
from django.utils import translation

from commitments.actions.sheets.carrying import Verdict
from commitments.actions.update_sheet import MOST_TOUCHED, apply, preview, run
from commitments.choices import Bearing, ReviewState, Status
from commitments.models import Assessment, Check, Commitment, EvidenceLink, Note
from commitments.rules.refusal import Refused
from tests import people
from tests.actions.sheets import STATED, applied, bytes_of, downloaded, fill, filled, table_of, tried
from tests.factories import make_check, make_commitment, make_evidence, make_judged, make_link
from tests.models.written import everything, refuses

pytestmark = pytest.mark.django_db


def verdicts(result) -> list[str]:
    return [outcome.verdict.value for outcome in result.outcomes]


def sentence(result) -> str:
    (outcome,) = result.outcomes
    assert outcome.verdict == Verdict.WRONG, outcome
    return outcome.sentence


def test_a_week_of_eighty_five_rows_goes_out_and_comes_back():
    rows = [make_commitment() for _ in range(85)]
    links = [make_link(row) for row in rows[:10]]
    book = downloaded(rows)
    for number, link in enumerate(links, 2):
        fill(book, number, **STATED, evidence=link.evidence.code)
    for number in range(12, 16):
        fill(book, number, checked="是", looked="外交部网站")
    fill(book, 16, note_zh="已电话核实。")
    content, anna = bytes_of(book), people.analyst()
    shown = preview(content, "周报.xlsx", by=anna, then=ReviewState.DRAFT)
    assert {k.value: n for k, n in shown.result.counts().items()} == {
        "new": 10,
        "checked": 4,
        "added": 1,
        "unchanged": 70,
    }
    assert not Assessment.objects.exists() and not Check.objects.exists()
    assert set(Commitment.objects.values_list("version", flat=True)) == {1}
    assert apply(shown.token, by=anna).is_applied
    assert Assessment.objects.filter(review_state="draft", author=anna, as_of=date(2024, 5, 1)).count() == 10
    assert [list(row.evidence.all()) for row in Assessment.objects.order_by("commitment_id")] == [
        [link.evidence] for link in links
    ]
    assert set(Check.objects.values_list("outcome", "searched_zh")) == {("nothing", "外交部网站")}
    assert Note.objects.get().visibility == "internal"
    untouched = Commitment.objects.filter(pk__in=[row.pk for row in rows[15:]])
    assert set(untouched.values_list("version", flat=True)) == {1}


def test_a_dry_run_leaves_no_trace():
    row = make_commitment()
    make_link(row)
    before = everything()
    assert verdicts(tried(filled(row, **STATED, note_zh="备注", looked="网站"))) == ["new"]
    assert everything() == before


def test_one_wrong_row_keeps_the_others_from_being_written():
    good, bad = make_commitment(), make_commitment()
    result = applied(filled(good, checked="是", looked="外交部网站"), filled(bad, new_status="进行中"))
    assert verdicts(result) == ["checked", "wrong"]
    assert not result.is_applied
    assert not Check.objects.exists()


@pytest.mark.parametrize("status", ["underway", "Being carried out", "being  CARRIED out", "实施中", " 实施中 "])
def test_a_status_is_known_by_its_code_and_by_its_label_in_any_language(status):
    row = make_commitment()
    with translation.override("en"):
        applied(filled(row, **{**STATED, "new_status": status}))
    assert Assessment.objects.get().status == "underway"


@pytest.mark.parametrize("label", ["已启动(有文件或安排)", "已启动（有文件或安排）"])
def test_half_width_brackets_are_as_good(label):
    applied(filled(make_commitment(), **{**STATED, "new_status": label}))
    assert Assessment.objects.get().status == "initiated"


@pytest.mark.parametrize(
    "day", ["2024-05-01", "2024/5/1", "2024.5.1", "2024年5月1日", "２０２４-０５-０１", date(2024, 5, 1)]
)
def test_a_date_may_be_a_date_or_a_text_with_the_year_first(day):
    applied(filled(make_commitment(), **{**STATED, "as_of": day}))
    assert Assessment.objects.get().as_of == date(2024, 5, 1)


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({"new_status": "进行中"}, "进行中"),
        ({"as_of": "1.5.2024"}, "1.5.2024"),
        ({"as_of": "2024-02-30"}, "2024-02-30"),
        ({"as_of": "45413"}, "45413"),
        ({"as_of": date(2999, 1, 1)}, "2999"),
        ({"confidence": "很高"}, "很高"),
        ({"confidence": ""}, "较高"),
        ({"momentum": "quiet"}, "quiet"),
        ({"momentum": "指标回落", "new_status": "not_started"}, ""),
        ({"rationale_zh": ""}, "rationale"),
        ({"rationale_zh": "坏\x07字"}, "U+0007"),
        ({"checked": "也许"}, "也许"),
        ({"checked": "是", "looked": "网站"}, "实施中"),
        ({"version": ""}, "行版本"),
        ({"version": "x"}, "行版本"),
        ({"id": "nowhere/1"}, "nowhere/1"),
        ({"evidence": "E404"}, "E404"),
        ({"evidence": "https://example.org/unknown"}, "https://example.org/unknown"),
        ({"current_status": "实施中", "new_status": "", "rationale_zh": "", "confidence": "", "as_of": ""}, ""),
        ({"new_status": ""}, "评估依据"),
    ],
)
def test_a_wrong_cell_is_named_with_what_is_allowed(cells, part):
    row = make_commitment()
    if "current_status" in cells:
        make_judged(row, Status.INITIATED)
    before = everything()
    assert part in sentence(applied(filled(row, **{**STATED, **cells})))
    assert everything() == before


def test_where_someone_looked_needs_what_came_of_it():
    assert "查找范围" in sentence(tried(filled(make_commitment(), looked="网站")))


def test_a_check_needs_where_someone_looked():
    assert "查找范围" in sentence(tried(filled(make_commitment(), checked="是")))


def test_nothing_new_is_said_where_something_is_known():
    applied(filled(make_link(make_commitment()).commitment, checked="是", looked="外交部网站"))
    assert Check.objects.get().outcome == "nothing_new"


def test_an_untouched_row_does_nothing_even_when_it_is_stale():
    row = make_commitment()
    assert verdicts(tried({**filled(row), "version": "99"}, {"id": "gone/1", "version": "1"})) == ["unchanged"] * 2


def test_a_stale_row_shows_both_texts_and_nothing_is_written():
    row = make_commitment(version=5)
    theirs = make_judged(row, Status.INITIATED, rationale_zh="对方写的依据。")
    before = everything()
    result = applied({**filled(row, **STATED), "version": "4"})
    assert everything() == before
    (outcome,) = result.outcomes
    assert outcome.verdict == Verdict.CONFLICT
    assert ("评估依据", STATED["rationale_zh"]) in outcome.typed
    assert theirs.rationale_zh in [text for _label, text in outcome.stored]
    assert ("行版本", "5") in outcome.stored


def test_the_same_id_twice_is_refused_in_both_rows():
    row = make_commitment()
    assert verdicts(applied(filled(row, checked="是", looked="外交部网站"), filled(row))) == ["wrong", "wrong"]
    assert not Check.objects.exists()


def test_a_row_that_is_checked_on_a_day():
    applied(filled(make_commitment(), checked="YES", looked="外交部网站", as_of="2024-05-02"))
    assert Check.objects.get().checked_on == date(2024, 5, 2)


@pytest.mark.parametrize(("status", "outcome"), [("no_evidence", "nothing"), ("underway", "something")])
def test_a_search_beside_a_new_status_is_recorded_too(status, outcome):
    row = make_commitment()
    make_link(row)
    applied(filled(row, **{**STATED, "new_status": status}, looked="国家级媒体"))
    assert (Check.objects.get().outcome, Assessment.objects.get().status) == (outcome, status)


def test_confidence_is_that_of_the_present_assessment_where_none_is_given():
    row = make_commitment()
    make_judged(row, confidence="low")
    applied(filled(row, **{**STATED, "confidence": ""}))
    assert Assessment.objects.order_by("id").last().confidence == "low"


# Evidence
def test_evidence_is_named_by_code_or_address_one_per_line():
    row = make_commitment()
    first, second = make_link(row).evidence, make_link(row).evidence
    third = make_evidence()
    applied(filled(row, **STATED, evidence=f"{first.code.lower()}\n{second.url}\n{third.code}　可证完成"))
    assert set(Assessment.objects.get().evidence.all()) == {first, second, third}
    assert EvidenceLink.objects.get(evidence=third).bears == Bearing.COMPLETION


def test_an_address_is_known_by_its_page_not_by_its_spelling():
    row = make_commitment()
    link = make_link(row, make_evidence(url="https://example.org/news/1"))
    applied(filled(row, **STATED, evidence="HTTPS://EXAMPLE.org:443/news/1?utm_source=x#top"))
    assert Assessment.objects.get().evidence.get() == link.evidence


def test_codes_may_share_a_line():
    row = make_commitment()
    codes = [make_link(row).evidence.code for _ in range(3)]
    applied(filled(row, **STATED, evidence=f"{codes[0]}，{codes[1]}、{codes[2]}"))
    assert Assessment.objects.get().evidence.count() == 3


def test_evidence_of_a_part_may_be_cited_without_a_word():
    proposal = make_commitment(kind="proposal")
    link = make_link(make_commitment(parent=proposal))
    applied(filled(proposal, **STATED, evidence=link.evidence.code))
    assert Assessment.objects.get().evidence.get() == link.evidence


def test_evidence_alone_is_linked():
    row, evidence = make_commitment(), make_evidence()
    assert verdicts(applied(filled(row, evidence=f"{evidence.url} progress"))) == ["added"]
    assert EvidenceLink.objects.get().commitment == row


@pytest.mark.parametrize(
    "typed", ["{stray}", "{mine} 显示停滞", "{mine}\n{mine}", "{withdrawn} 显示进展", "{mine} 大概"]
)
def test_evidence_that_does_not_fit_is_refused(typed):
    row = make_commitment()
    codes = {
        "stray": make_link(make_commitment()).evidence.code,
        "mine": make_link(row).evidence.code,
        "withdrawn": make_evidence(publication="withdrawn").code,
    }
    before = everything()
    assert sentence(applied(filled(row, **STATED, evidence=typed.format(**codes))))
    assert everything() == before


def test_linked_evidence_without_a_new_status_would_go_unnoticed_and_is_refused():
    link = make_link(make_commitment())
    assert link.evidence.code in sentence(tried(filled(link.commitment, evidence=link.evidence.code)))


# Gates and roles
def test_a_draft_below_the_gate_is_kept_with_a_remark():
    (outcome,) = applied(filled(make_commitment(), **STATED)).outcomes
    assert outcome.verdict == Verdict.NEW
    assert "1" in outcome.remark
    assert Assessment.objects.get().review_state == "draft"


@pytest.mark.parametrize("then", [ReviewState.IN_REVIEW, ReviewState.PUBLISHED])
def test_what_goes_further_meets_the_same_gate(then):
    row = make_commitment()
    assert sentence(applied(filled(row, **STATED), by=people.one_for_all(), then=then))
    link = make_link(row)
    applied(filled(row, **STATED, evidence=link.evidence.code), by=people.one_for_all(), then=then)
    assert Assessment.objects.get().review_state == then


def test_where_two_people_are_needed_nobody_publishes_their_own_sheet(settings):
    settings.TRACKER_TWO_PERSON_RULE = True
    row, olga = make_commitment(), people.one_for_all()
    code = make_link(row).evidence.code
    with refuses("", "review_state"):
        applied(filled(row, **STATED, evidence=code), by=olga, then=ReviewState.PUBLISHED)
    assert applied(filled(row, **STATED, evidence=code), by=olga, then=ReviewState.IN_REVIEW).is_applied


def test_a_status_is_not_published_on_hidden_evidence():
    row = make_commitment()
    evidence = make_link(row, make_evidence(publication="draft")).evidence
    given = filled(row, **STATED, evidence=evidence.code)
    assert evidence.code in sentence(applied(given, by=people.one_for_all(), then=ReviewState.PUBLISHED))


def test_no_direct_evidence_is_met_by_the_search_of_the_same_row():
    row = make_commitment()
    given = filled(row, **{**STATED, "new_status": "no_evidence"}, checked="是", looked="外交部网站")
    assert applied(given, by=people.one_for_all(), then=ReviewState.PUBLISHED).is_applied
    assert Assessment.objects.get().rule_met == "checked"


@pytest.mark.parametrize("cast", ["reviewer", "publisher", "visitor"])
def test_only_an_analyst_applies_a_sheet(cast):
    row, person = make_commitment(), getattr(people, cast)()
    with refuses("analyst"), translation.override("en"):
        applied(filled(row, checked="是", looked="外交部网站"), by=person)


@pytest.mark.parametrize("then", [ReviewState.PUBLISHED, ReviewState.APPROVED, ReviewState.WITHDRAWN])
def test_an_analyst_alone_cannot_publish_by_sheet(then):
    row, anna = make_commitment(), people.analyst()
    with refuses("", "review_state"):
        applied(filled(row, checked="是", looked="外交部网站"), by=anna, then=then)


@pytest.mark.parametrize("name", ["review_state", "published_at", "author", "rule_met", "发布时间"])
def test_a_column_that_is_none_of_ours_is_refused(name):
    table = table_of(filled(make_commitment(), checked="是", looked="外交部网站"))
    forged = type(table)((*table.heading, name), table.rows)
    with pytest.raises(Refused, match=name):
        run_forged(forged)


def run_forged(table):
    return run(table, by=people.analyst(), then=ReviewState.DRAFT, why="x", is_kept=True)


@pytest.mark.parametrize(
    ("heading", "part"),
    [(("id", "new_status"), "行版本"), (("id", "version", "编号"), "编号"), (("a", "b"), "a")],
)
def test_a_sheet_with_other_headings_is_refused_whole(heading, part):
    table = table_of()
    with pytest.raises(Refused, match=part):
        run_forged(type(table)(heading, ()))


def test_too_many_rows_at_once_are_refused():
    rows = [{"id": f"x/{n}", "version": "1", "checked": "是", "looked": "网站"} for n in range(MOST_TOUCHED + 1)]
    with pytest.raises(Refused, match=str(MOST_TOUCHED)):
        applied(*rows)


# The file that was previewed
def a_preview(by, then=ReviewState.DRAFT):
    book = downloaded([row := make_commitment()])
    fill(book, 2, checked="是", looked="外交部网站")
    return preview(bytes_of(book), "a.xlsx", by=by, then=then), row


def test_the_history_says_which_sheet_it_was():
    anna = people.analyst()
    shown, _row = a_preview(anna)
    apply(shown.token, by=anna)
    entry = Check.objects.get().history.get()
    assert entry.history_user == anna
    assert entry.history_change_reason.startswith("update sheet ")


def test_a_second_submission_writes_nothing_and_says_when_the_first_was():
    anna = people.analyst()
    shown, _row = a_preview(anna)
    apply(shown.token, by=anna)
    before = everything()
    again = apply(shown.token, by=anna)
    assert everything() == before
    assert not again.is_applied
    assert again.earlier is not None and again.earlier[1] == "anna"


def test_a_change_between_preview_and_application_is_a_conflict():
    anna = people.analyst()
    shown, row = a_preview(anna)
    Commitment.objects.filter(pk=row.pk).update(version=2)
    assert verdicts(apply(shown.token, by=anna)) == ["conflict"]
    assert not Check.objects.exists()


def test_a_token_is_for_one_person_and_cannot_be_made_up():
    shown, _row = a_preview(people.analyst())
    for token, by in [
        (shown.token, people.one_for_all()),
        (shown.token[:-2] + "xx", people.analyst()),
        ("", people.analyst()),
    ]:
        with refuses(""):
            apply(token, by=by)


def test_a_stored_file_that_was_tampered_with_is_not_applied(settings):
    anna = people.analyst()
    shown, _row = a_preview(anna)
    (stored,) = (settings.STORAGES["files"]["OPTIONS"]["location"]).rglob("*.xlsx")
    stored.write_bytes(stored.read_bytes() + b" ")
    with refuses("", None):
        apply(shown.token, by=anna)


def test_a_preview_with_wrong_rows_offers_nothing_to_apply():
    book = downloaded([make_commitment()])
    fill(book, 2, new_status="?")
    shown = preview(bytes_of(book), "a.xlsx", by=people.analyst(), then=ReviewState.DRAFT)
    assert shown.token == ""


def test_a_sheet_saved_as_csv_by_a_chinese_excel_is_read():
    row = make_commitment()
    text = f"编号,行版本,新状态,日期,把握程度,评估依据\r\n{row.natural_id},1,实施中,2024/5/1,中等,'=已有交付。\r\n"
    anna = people.analyst()
    shown = preview(text.encode("gbk"), "周报.csv", by=anna, then=ReviewState.DRAFT)
    assert shown.encoding == "GBK"
    apply(shown.token, by=anna)
    assert Assessment.objects.get().rationale_zh == "=已有交付。"


def test_a_check_that_was_there_before_is_not_needed_again():
    row = make_commitment()
    make_check(row)
    given = filled(row, **{**STATED, "new_status": "no_evidence"})
    assert applied(given, by=people.one_for_all(), then=ReviewState.PUBLISHED).is_applied
