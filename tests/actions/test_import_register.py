"""Tables in: each row gets the right verdict, what is written goes through the actions, and all is done or nothing."""

from datetime import date

import pytest
from django.utils import translation

from commitments.actions.import_register import MOST_WRITTEN, apply, dry_run, import_register
from commitments.choices import Bearing
from commitments.models import Assessment, Commitment, Evidence, EvidenceLink, Passage, Publisher
from commitments.rules.refusal import Refused
from tests import people
from tests.actions.tables_in import (
    applied,
    csv_of,
    new_assessment,
    new_commitment,
    new_evidence,
    only,
    tried,
    verdicts,
    wrong,
    xlsx_of,
)
from tests.factories import (
    make_assessment,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_party,
    make_passage,
    make_publisher,
)
from tests.models.written import everything
from tests.stored import DERIVED

pytestmark = pytest.mark.django_db


# What is new


def test_a_new_commitment_arrives_as_a_draft_anchored_in_its_source():
    document = make_document(publication="draft")
    result = applied(new_commitment(document, quote="扩大贸易规模"))
    row = Commitment.objects.get()
    assert (only(result).verdict, row.publication, row.published_at) == ("new", "draft", None)
    passage = Passage.objects.get()
    assert (passage.commitment, document.text[passage.start : passage.end]) == (row, "扩大贸易规模")
    entry = row.history.get()
    assert entry.history_user == people.analyst() and entry.history_change_reason.startswith("table import ")


def test_parts_may_stand_before_what_they_are_part_of():
    document = make_document()
    slug = document.slug
    result = applied(
        new_commitment(document, id=f"{slug}/1.1.1", kind="分项", parent=f"{slug}/1.1", successor="1"),
        new_commitment(document, id=f"{slug}/1.1", parent="1"),
        new_commitment(document, id=f"{slug}/1", kind="Proposal", target="", criterion_zh=""),
    )
    assert verdicts(result) == ["new"] * 3
    rows = {row.code: row for row in Commitment.objects.all()}
    assert rows["1.1.1"].parent == rows["1.1"] and rows["1.1"].parent == rows["1"]
    assert rows["1.1.1"].successor == rows["1"]


def test_rows_that_name_each_other_end():
    document = make_document()
    result = tried(
        new_commitment(document, id=f"{document.slug}/1", parent=f"{document.slug}/2"),
        new_commitment(document, id=f"{document.slug}/2", parent=f"{document.slug}/1"),
    )
    assert "wrong" in verdicts(result)


def test_new_evidence_takes_the_next_code_and_says_how_it_bears():
    row, publisher = make_commitment(), make_publisher()
    make_evidence(code="E041")
    applied(new_evidence(publisher, commitments=f"{row.natural_id} 可证完成"))
    found = Evidence.objects.get(url="https://example.org/brought")
    assert (found.code, found.publication, found.confidence, found.supports) == ("E042", "draft", "medium", "context")
    assert EvidenceLink.objects.get().bears == Bearing.COMPLETION


def test_a_new_assessment_arrives_as_a_draft_of_whoever_brought_it():
    row = make_commitment()
    link = make_link(row)
    result = applied(new_assessment(row, evidence=link.evidence.code))
    draft = Assessment.objects.get()
    assert (draft.review_state, draft.author, draft.published_at) == ("draft", people.analyst(), None)
    assert (draft.as_of, list(draft.evidence.all())) == (date(2024, 5, 1), [link.evidence])
    assert only(result).remarks == []


def test_a_draft_below_the_gate_is_kept_and_says_what_it_lacks():
    assert "1" in only(applied(new_assessment(make_commitment()))).remarks[0]


def test_evidence_may_be_linked_where_it_is_cited():
    row, evidence = make_commitment(), make_evidence()
    applied(new_assessment(row, evidence=f"{evidence.code} 显示进展"))
    assert EvidenceLink.objects.get().bears == "progress"
    assert Assessment.objects.get().evidence.get() == evidence


def test_a_whole_register_comes_in_one_workbook():
    document = make_document()
    name = f"{document.slug}/1.1"
    content = xlsx_of(
        assessments=[
            {**new_assessment(make_commitment()), "commitment": name, "as_of": date(2024, 5, 1), "evidence": "E900"}
        ],
        evidence=[
            {**new_evidence(make_publisher()), "code": "E900", "publisher": "新华社", "commitments": f"{name} progress"}
        ],
        commitments=[new_commitment(document, id=name)],
        publishers=[{"slug": "xinhua", "name": "新华社", "origin": "新华社", "voice": "promising_side"}],
        别的=[{"随便": "不读"}],
    )
    result = import_register(content, "全部.xlsx", by=people.analyst(), is_kept=True)
    assert verdicts(result) == ["new"] * 4
    assert result.unread == ["别的"]
    assert Assessment.objects.get().evidence.get().publisher.slug == "xinhua"


# What is changed, and what is not


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("title_zh", "改过的题目", "改过的题目"),
        ("Title (Chinese)", " 改过的题目 ", "改过的题目"),
        ("目标类型", "持续性", "continuing"),
        ("due_on", "2030/1/2", date(2030, 1, 2)),
        ("原定时间", "2030年1月2日", date(2030, 1, 2)),
        ("criterion_zh", "", ""),
        ("title_zh", "'=1+1", "=1+1"),
    ],
)
def test_a_changed_cell_is_the_only_thing_that_changes(name, typed, stored):
    row = make_commitment(title_en="kept")
    before, count = everything(), row.history.count()
    result = applied({"id": row.natural_id, name: typed})
    (change,) = only(result).changes
    assert Commitment.objects.values_list(change.name, flat=True).get() == stored
    assert Commitment.objects.get().title_en == "kept"
    assert row.history.count() == count + 1
    after = everything()
    written = {table for table in after if after[table] != before[table]} - DERIVED
    assert written == {"commitments_commitment", "commitments_historicalcommitment"}


def test_a_dry_run_says_from_what_to_what_and_leaves_no_trace():
    row = make_commitment(target="one_off")
    before = everything()
    (change,) = only(tried({"id": row.natural_id, "target": "continuing"})).changes
    assert (change.label, change.before, change.after) == ("目标类型", "一次性", "持续性")
    assert everything() == before


def test_another_quote_is_looked_for_in_the_source():
    row = make_commitment()
    make_passage(row, "建立对话机制")
    applied({"id": row.natural_id, "quote": "举办主题活动"})
    passage = Passage.objects.get()
    assert row.document.text[passage.start : passage.end] == "举办主题活动"


def test_an_empty_quote_takes_none_away():
    row = make_commitment()
    make_passage(row)
    assert verdicts(applied({"id": row.natural_id, "quote": ""})) == ["unchanged"]
    assert Passage.objects.exists()


def test_links_that_are_not_named_stay():
    link, other = make_link(make_commitment()), make_commitment()
    applied({"code": link.evidence.code, "commitments": f"{other.natural_id} stall"})
    assert set(EvidenceLink.objects.values_list("bears", flat=True)) == {"progress", "stall"}


def test_a_page_is_known_by_its_address_where_there_is_no_code():
    row = make_evidence(url="https://example.org/news/1", title="旧题")
    applied({"url": "HTTPS://EXAMPLE.org:443/news/1?utm_source=x#top", "title": "新题"})
    row.refresh_from_db()
    assert row.title == "新题" and Evidence.objects.count() == 1


def test_a_publisher_is_changed_by_its_slug():
    row = make_publisher(names_as_given=["甲", "乙"])
    assert verdicts(applied({"id": row.slug, "names_as_given": "乙|甲"})) == ["unchanged"]
    applied({"slug": row.slug, "names_as_given": "甲|丙", "voice": "研究机构"})
    row.refresh_from_db()
    assert (row.names_as_given, row.voice) == (["甲", "丙"], "research")


def test_a_draft_is_changed_by_its_identifier():
    draft = make_assessment(make_commitment(), author=people.reviewer())
    name = f"{draft.commitment.natural_id}/draft-{draft.pk}"
    result = applied({"id": name, "status": "已启动(有文件或安排)", "assessed_on": ""})
    draft.refresh_from_db()
    assert (draft.status, draft.author, [c.name for c in only(result).changes]) == (
        "initiated",
        people.reviewer(),
        ["status"],
    )


def test_the_same_table_twice_writes_once():
    row, publisher = make_commitment(), make_publisher()
    link = make_link(row)
    for table in (new_assessment(row, evidence=f"{link.evidence.code.lower()}"), new_evidence(publisher)):
        applied(table)
        before = everything()
        assert verdicts(applied(table)) == ["unchanged"]
        assert everything() == before


# Published assessments


def test_what_was_published_is_never_changed_by_a_table():
    judged = make_judged(make_commitment())
    name = f"{judged.commitment.natural_id}@{judged.as_of}/2024-01-01T04:00:00Z"
    assert verdicts(applied({"id": name, "status": "underway"})) == ["unchanged"]
    before = everything()
    sentence = wrong(applied({"id": name, "status": "completed", "published_at": "2020-01-01"}))
    assert "状态" in sentence and "更正了哪次评估" in sentence
    assert everything() == before


def test_a_correction_arrives_as_a_draft():
    judged = make_judged(make_commitment())
    name = f"{judged.commitment.natural_id}@{judged.as_of}/2024-01-01T04:00:00Z"
    applied(new_assessment(judged.commitment, id="", corrects=name, status="initiated"))
    draft = Assessment.objects.get(review_state="draft")
    assert (draft.corrects, draft.status) == (judged, "initiated")
    judged.refresh_from_db()
    assert judged.status == "underway"


def test_a_draft_that_was_published_meanwhile_is_no_draft_any_more():
    judged = make_judged(make_commitment())
    assert wrong(tried({"id": f"{judged.commitment.natural_id}/draft-{judged.pk}", "status": "dropped"}))


def test_a_judgement_of_one_party_is_left_to_the_desk():
    draft = make_assessment(make_commitment(), party=make_party("KZ"))
    assert wrong(tried({"id": f"{draft.commitment.natural_id}/draft-{draft.pk}", "status": "dropped"}))


# What is wrong


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ({"kind": "promise"}, ["类型", "promise", "举措"]),
        ({"kind": ""}, ["类型"]),
        ({"target": ""}, ["一次性"]),
        ({"due_on": "明年"}, ["原定时间", "明年", "2026-11-20"]),
        ({"due_on": "2024-02-30"}, ["2024-02-30"]),
        ({"parent": "{slug}/404"}, ["上级事项", "404"]),
        ({"parent": "//"}, ["//", "plan-2024/4.2"]),
        ({"quote": "文中没有的话"}, ["文中没有的话"]),
        ({"quote": "双方将"}, ["2"]),
        ({"title_zh": "坏\x07字"}, ["U+0007"]),
        ({"title_zh": ""}, ["标题"]),
        ({"title_zh": "长" * 301}, ["300"]),
        ({"id": "没有/这样"}, ["没有/这样"]),
        ({"id": "nowhere/1"}, ["nowhere"]),
        ({"id": "{slug}/../1"}, ["plan-2024/4.2"]),
        ({"version": "3"}, ["行版本"]),
        ({"version": "x"}, ["行版本", "x"]),
    ],
)
def test_a_wrong_cell_of_a_new_commitment_is_told(cells, parts):
    document = make_document()
    typed = {name: text.format(slug=document.slug) for name, text in cells.items()}
    before = everything()
    sentence = wrong(applied({**new_commitment(document), **typed}))
    assert [part for part in parts if part not in sentence] == []
    assert everything() == before


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({"publisher": "没有登记的"}, "没有登记的"),
        ({"kind": "报纸"}, "官方文件"),
        ({"url": "ftp://example.org/x"}, "ftp://example.org/x"),
        ({"url": ""}, "url"),
        ({"countries": "KZ|Kasachstan"}, "Kasachstan"),
        ({"is_summit_text": "也许"}, "也许"),
        ({"commitments": "x/404 progress"}, "x/404"),
        ({"commitments": "x/404"}, "显示进展"),
        ({"commitments": "x/404 大概"}, "大概"),
        ({"code": "E 1"}, "E 1"),
        ({"summary_zh": ""}, "摘要"),
    ],
)
def test_a_wrong_cell_of_new_evidence_is_told(cells, part):
    row = {**new_evidence(make_publisher()), **cells}
    before = everything()
    assert part in wrong(applied(row))
    assert everything() == before


def test_evidence_that_is_said_to_bear_in_two_ways_is_refused():
    name = make_commitment().natural_id
    row = {**new_evidence(make_publisher()), "commitments": f"{name} progress|{name} stall"}
    before = everything()
    assert name in wrong(applied(row))
    assert everything() == before
    assert applied({**row, "commitments": f"{name} progress; {name} progress"}).is_applied, "said twice, meant once"


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({"commitment": "x/404"}, "x/404"),
        ({"status": "进行中"}, "进行中"),
        ({"as_of": "2999-01-01"}, "2999"),
        ({"momentum": "quiet"}, "quiet"),
        ({"evidence": "E404"}, "E404"),
        ({"confidence": ""}, "把握程度"),
        ({"id": "x/1@2024-01-01/never"}, "x/1@2024-01-01/never"),
        ({"id": "x/draft-99999999999999999"}, "draft"),
        ({"corrects": "x"}, "x"),
        ({"is_editorial": "是"}, "是否只改文字"),
        ({"assessed_on": "2999-01-01"}, "2999"),
    ],
)
def test_a_wrong_cell_of_a_new_assessment_is_told(cells, part):
    row = {**new_assessment(make_commitment()), **cells}
    before = everything()
    assert part in wrong(applied(row))
    assert everything() == before


def test_every_wrong_cell_of_a_row_is_told_at_once():
    outcome = only(tried({**new_commitment(make_document()), "kind": "x", "target": "y", "due_on": "z"}))
    assert [sentence.partition("：")[0] for sentence in outcome.sentences] == ["类型", "目标类型", "原定时间"]


def test_one_wrong_row_keeps_the_others_out():
    row, document = make_commitment(), make_document()
    before = everything()
    result = applied(new_commitment(document), {"id": row.natural_id, "kind": "?", "target": "", "title_zh": "x"})
    assert verdicts(result) == ["new", "wrong"] and not result.is_applied
    assert everything() == before


@pytest.mark.parametrize(
    "rows",
    [
        lambda: [{"id": (name := make_commitment().natural_id), "title_zh": "甲"}, {"id": name, "title_zh": "乙"}],
        lambda: [new_evidence(publisher := make_publisher()), new_evidence(publisher, title="另一则")],
        lambda: [new_assessment(row := make_commitment()), new_assessment(row)],
        lambda: [new_commitment(document := make_document()), new_commitment(document, title_zh="乙")],
    ],
)
def test_two_rows_about_the_same_are_refused(rows):
    given = rows()
    before = everything()
    assert "wrong" in verdicts(applied(*given))
    assert everything() == before


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ([{"id": "x/1", "review_state": "published"}], "review_state"),
        ([{"id": "x/1", "title_zh": "甲", "Title (Chinese)": "乙"}], "Title"),
        ([{"这": "什么", "那": "也不"}], "headings"),
        ([{"id": "x/1"}], "Commitments"),  # several tables have it
    ],
)
def test_a_table_that_is_not_understood_is_refused_whole(rows, part):
    with pytest.raises(Refused, match=part), translation.override("en"):
        tried(*rows)


def test_the_table_can_be_said():
    row = make_publisher()
    result = import_register(csv_of({"id": row.slug}), "x.csv", by=people.analyst(), is_kept=False, table="publishers")
    assert only(result).table == "publishers"


@pytest.mark.parametrize("name", ["publishers.csv", "发布方.csv"])
def test_the_name_of_the_file_says_the_table(name):
    assert only(tried({"id": make_publisher().slug}, name=name)).table == "publishers"


def test_a_code_that_a_spreadsheet_took_for_a_number_is_forgiven_beside_the_identifier():
    row = make_commitment(code="4.10")
    assert verdicts(tried({"id": row.natural_id, "code": "4.1", "title_zh": row.title_zh})) == ["unchanged"]
    assert "4.2" in wrong(tried({"id": row.natural_id, "code": "4.2", "title_zh": row.title_zh}))


# Columns of the register's own


def test_columns_that_the_register_computes_are_not_read_and_what_differs_is_told():
    judged = make_judged(make_commitment())
    name = judged.commitment.natural_id
    same = tried({"id": name, "title_zh": judged.commitment.title_zh, "status": "underway", "as_of": "2024-03-01"})
    assert only(same).remarks == []
    assert [column.name for column in same.ignored["commitments"]] == ["status", "as_of"]
    before = everything()
    other = applied({"id": name, "title_zh": judged.commitment.title_zh, "status": "completed", "url": "/x/"})
    assert only(other).verdict == "unchanged"
    assert "状态" in only(other).remarks[0] and "页面地址" in only(other).remarks[0]
    assert everything() == before


def test_origin_and_voice_are_the_publisher_s():
    row = make_evidence()
    result = applied({"code": row.code, "title": row.title, "origin": "别的来源", "voice": "unclear"})
    assert "同源分组" in only(result).remarks[0]
    assert Publisher.objects.get().origin != "别的来源"


def test_a_draft_parent_that_a_public_file_does_not_name_stays():
    draft = make_commitment(kind="proposal", publication="draft")
    row = make_commitment(parent=draft)
    assert verdicts(applied({"id": row.natural_id, "parent": "", "title_zh": row.title_zh})) == ["unchanged"]
    shown = make_commitment(parent=make_commitment(kind="proposal"))
    applied({"id": shown.natural_id, "parent": "", "title_zh": shown.title_zh})
    assert Commitment.objects.get(pk=shown.pk).parent is None


# Roles, versions, and twice


@pytest.mark.parametrize("cast", [people.reviewer, people.publisher, people.visitor])
def test_only_analysts_bring_tables(cast):
    content, by = csv_of(new_commitment(make_document())), cast()
    before = everything()
    with pytest.raises(Refused):
        import_register(content, "a.csv", by=by, is_kept=True)
    with pytest.raises(Refused):
        dry_run(content, "a.csv", by=by)
    assert everything() == before


def rows_with_a_version():
    commitment, evidence, publisher = make_commitment(), make_evidence(), make_publisher()
    draft = make_assessment(make_commitment())
    return [
        {"id": commitment.natural_id, "title_zh": "改", "version": "7"},
        {"code": evidence.code, "title": "改", "version": "7"},
        {"slug": publisher.slug, "name": "改", "version": "7"},
        {"id": f"{draft.commitment.natural_id}/draft-{draft.pk}", "rationale_zh": "改", "version": "7"},
    ]


@pytest.mark.parametrize("place", range(4), ids=["commitment", "evidence", "publisher", "assessment"])
def test_a_version_that_is_not_the_present_one_is_a_conflict(place):
    row = rows_with_a_version()[place]
    before = everything()
    result = applied(row)
    assert verdicts(result) == ["conflict"] and result.is_blocked
    assert everything() == before


def test_one_file_may_change_a_commitment_and_its_draft_with_the_version_that_both_came_with():
    draft = make_assessment(make_commitment(version=4))
    name = draft.commitment.natural_id
    evidence = make_evidence(version=3)
    content = xlsx_of(
        commitments=[{"id": name, "title_zh": "改", "version": 4}],
        evidence=[{"code": evidence.code, "title": "改", "commitments": f"{name} progress", "version": 3}],
        assessments=[{"id": f"{name}/draft-{draft.pk}", "evidence": evidence.code, "version": 4}],
    )
    assert verdicts(import_register(content, "a.xlsx", by=people.analyst(), is_kept=True)) == ["changed"] * 3
    assert Assessment.objects.get().evidence.get() == evidence


def test_an_unchanged_row_of_an_old_version_is_no_conflict():
    row = make_commitment(version=9)
    assert verdicts(tried({"id": row.natural_id, "title_zh": row.title_zh, "version": "2"})) == ["unchanged"]


def test_what_changed_after_the_dry_run_is_not_overwritten():
    row, anna = make_commitment(title_zh="原题"), people.analyst()
    shown = dry_run(csv_of({"id": row.natural_id, "title_zh": "表里的题目"}), "a.csv", by=anna)
    Commitment.objects.update(title_zh="别人的题目", version=2)
    late = apply(shown.token, by=anna)
    assert late.is_stale and not late.is_applied
    assert Commitment.objects.get().title_zh == "别人的题目"
    assert only(late).changes[0].before == "别人的题目"


def test_a_second_press_finds_it_done():
    row, anna = make_commitment(), people.analyst()
    shown = dry_run(csv_of({"id": row.natural_id, "title_zh": "新题"}), "a.csv", by=anna)
    assert apply(shown.token, by=anna).is_applied
    before = everything()
    again = apply(shown.token, by=anna)
    assert again.earlier and again.earlier[1] == "anna"
    assert not again.is_applied and not again.is_stale
    assert everything() == before


def test_a_dry_run_is_nobody_else_s():
    row = make_commitment()
    token = dry_run(csv_of({"id": row.natural_id, "title_zh": "新题"}), "a.csv", by=people.analyst()).token
    for given in (token, token + "x", "", "x"):
        with pytest.raises(Refused):
            apply(given, by=people.one_for_all())


def test_the_site_writes_so_many_rows_at_once_and_no_more(monkeypatch):
    monkeypatch.setattr("commitments.actions.import_register.MOST_WRITTEN", 2)
    document = make_document()
    rows = [new_commitment(document, id=f"{document.slug}/{n}") for n in range(3)]
    assert MOST_WRITTEN >= 500
    with pytest.raises(Refused, match="2"):
        dry_run(csv_of(*rows), "a.csv", by=people.analyst())
    assert verdicts(applied(*rows)) == ["new"] * 3


def test_what_is_wrong_is_said_in_the_reader_s_language():
    with translation.override("en"):
        assert wrong(tried({**new_commitment(make_document()), "kind": "?"})).startswith("Kind: “?” is not allowed")
