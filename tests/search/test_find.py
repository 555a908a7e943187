"""How words are read and what they name: asked of the index, and of rows that the index has not met yet."""

import pytest

from commitments.actions.derived import refresh
from commitments.choices import Publication
from commitments.models import Commitment, SearchRow, SearchTerm, Stale
from commitments.search import find, index, shelf
from commitments.search.find import Found
from tests.factories import (
    make_assessment,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party,
    make_passage,
)

pytestmark = pytest.mark.django_db


def codes(q: str) -> set[str]:
    return set(Commitment.objects.published().filter(Found(q).condition).values_list("code", flat=True))


def in_order(q: str) -> list[str]:
    code_of = dict(Commitment.objects.values_list("pk", "code"))
    return [code_of[pk] for *_rank, pk in Found(q).ranked]


@pytest.fixture(params=["indexed", "marked", "some of each"])
def register(request):
    """Four commitments; the index knows all of them, none, or two."""
    document = make_document(slug="here", text="天然气管道D线建设\n建立对话机制，举办主题活动\n")
    rows = {}
    for code, title, english in (
        ("4.2", "加快推进天然气管道D线建设", "Speed up Line D of the gas pipeline"),
        ("4.2.1", "中欧班列集结中心", "Railway Express assembly centres"),
        ("7", "设立傳統醫學中心", ""),
        ("9", "鼓励青年交流", "Encourage youth exchanges"),
    ):
        rows[code] = make_commitment(document=document, code=code, title_zh=title, title_en=english)
    make_passage(rows["4.2"], "天然气管道D线建设")
    make_passage(rows["9"], "建立对话机制，举办主题活动")
    make_note(rows["7"], text_zh="2024年5月启用")
    make_note(rows["7"], text_zh="内部消息", visibility="internal")
    make_judged(rows["9"], rationale_zh="已有三批交流团组。")
    make_assessment(rows["9"], rationale_zh="草稿里的依据")
    make_link(rows["4.2.1"], make_evidence(title="Wagons 2025", summary_zh="西安港新增三条线路。"))
    make_link(rows["4.2.1"], make_evidence(summary_zh="尚未公开的摘要", publication=Publication.DRAFT))
    make_commitment(document=document, code="hidden", title_zh="天然气管道", publication=Publication.DRAFT)
    if request.param == "indexed":
        refresh()
    elif request.param == "some of each":
        index.refresh([rows["4.2"].pk, rows["7"].pk])
        Stale.objects.filter(commitment_id__in=[rows["4.2"].pk, rows["7"].pk]).delete()
    return rows


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("管道", {"4.2"}),
        ("气管", {"4.2"}),
        ("管", {"4.2"}),
        ("管道D线", {"4.2"}),
        ("Ｄ线", {"4.2"}),
        ("传统医学", {"7"}),
        ("傳統醫學", {"7"}),
        ("2024年", {"7"}),
        ("年5", {"7"}),
        ("交流团组", {"9"}),
        ("西安港", {"4.2.1"}),
        ("wagon", {"4.2.1"}),
        ("RAILWAYS", {"4.2.1"}),
        ('"line d"', {"4.2"}),
        ('"d line"', set()),
        ('"机制，举办"', {"9"}),
        ("“主题活动”", {"9"}),
        ("「主题活动」", {"9"}),
        ('"机制举办"', set()),
        ("中心", {"4.2.1", "7"}),
        ("中心 -班列", {"7"}),
        ('中心 -"传统医学"', {"4.2.1"}),
        ("-中心", {"4.2", "9"}),
        ("code:4.2", {"4.2"}),
        ("CODE：4.2.1", {"4.2.1"}),
        ("code:here/4.2", {"4.2"}),
        ("code:there/4.2", set()),
        ("here/7", {"7"}),
        ("中心 -code:7", {"4.2.1"}),
        ("中心 code:7", {"7"}),
        ("4.2", {"4.2", "4.2.1"}),
        ("内部", set()),
        ("草稿", set()),
        ("尚未公开", set()),
        ("！？", set()),
        ('"', set()),
        ("code:", set()),
        ("- ", set()),
    ],
)
def test_what_words_name(register, q, found):
    assert codes(q) == found


def test_a_sentence_finds_rows_with_all_its_content_words(register):
    found = Found("天然气管道D线的建设进展怎么样了")
    assert {str(word.phrase) for word in found.words} == {"天然气", "管道", "d", "建设"}
    assert codes("天然气管道D线的建设进展怎么样了") == {"4.2"} and not found.is_relaxed


def test_where_words_find_too_little_half_of_their_weight_is_enough_and_said_so(register):
    found = Found("青年交流团组访问火星的计划")
    assert found.is_relaxed and codes("青年交流团组访问火星的计划") == {"9"}
    assert not Found("火星与木星之间的飞船航行").is_relaxed and codes("火星与木星之间的飞船航行") == set()


def test_what_is_quoted_and_a_word_of_two_characters_are_never_relaxed(register):
    for q in ('"青年火星"', '"青年交流访问"', '"青年交流" "火星"', "火星"):
        assert not Found(q).is_relaxed and codes(q) == set(), q


@pytest.mark.parametrize("q", ["机制举办", "青年火星"])
def test_a_short_phrase_that_stands_nowhere_is_read_as_words_and_that_is_said(register, q):
    assert Found(q).is_relaxed and codes(q) == {"9"}
    assert {entry[3] for entry in Found(q).ranked} == {register["9"].pk}, "ranked are the same rows"
    assert Found(q).number(10) == 1


def test_quotation_marks_that_stand_apart_keep_their_phrases(register):
    for q in ('"青年" "交流"', '"青年"，"交流"', "“青年” “交流”", "「青年」“交流”"):
        assert [str(phrase) for phrase in Found(q).question.phrases] == ["青年", "交流"], q


def test_one_that_stands_somewhere_is_not(register):
    make_note(register["7"], text_zh="机制举办")
    assert not Found("机制举办").is_relaxed and codes("机制举办") == {"7"}


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("natur gas pipel", {"4.2"}),  # words that are only begun
        ("gaspipeline", {"4.2"}),  # two in one
        ("zzyzx natural gas pipeline", {"4.2"}),  # a word that stands nowhere tells nothing
        ("在共建“天然气管道”方面和“火星”无关的进展怎么样了", {"4.2"}),  # quotation marks of a running text
        ("qwertz yxcvb", set()),
    ],
)
def test_words_that_stand_nowhere_do_not_stand_in_the_way(register, q, found):
    assert codes(q) == found


def test_a_word_of_a_title_weighs_more_than_one_that_is_as_rare_but_stands_in_none(register):
    make_note(register["7"], text_zh="旁边的一句")
    weight = {str(word.phrase): word.weight for word in Found("传统 旁边").words}
    assert weight["旁边"] < weight["传统"]


def test_names_of_parties_weigh_less(register):
    make_party("KZ", name_zh="管道国")
    make_note(register["4.2"], text_zh="管道国与群岛国")
    weight = {str(word.phrase): word.weight for word in Found("管道国 群岛国").words}
    assert weight["管道国"] < weight["群岛国"]


def test_words_of_near_meaning_help_only_where_the_words_find_too_little(register):
    found = Found("trains")
    assert found.is_relaxed and codes("trains") == {"4.2.1"}


def test_the_code_comes_first_then_the_title(register):
    assert in_order("4.2") == ["4.2", "4.2.1"]
    make_note(register["9"], text_zh="中心")
    assert in_order("中心")[-1] == "9"


def test_the_registers_own_terms_are_kept_whole(register):
    SearchTerm.objects.create(text="青年交流", key="青年交流", commitments=1)
    assert "青年交流" in {str(word.phrase) for word in Found("有没有青年交流方面的活动计划").words}


def test_only_so_many_rows_are_ranked_those_with_the_words_in_their_title_first(monkeypatch):
    monkeypatch.setattr(find, "MOST_RANKED", 2)
    document = make_document()
    for n in range(3):
        make_commitment(document=document, code=f"a{n}", title_zh="别的", criterion_zh="铁路开工。")
    make_commitment(document=document, code="b", title_zh="铁路")
    refresh()
    found = Found("铁路")
    assert in_order("铁路") == ["b", "a0"]
    assert found.has_rest and found.number(100) == 4 and codes("铁路") == {"a0", "a1", "a2", "b"}


def test_with_too_much_unread_the_index_alone_answers_and_says_so(register, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_STALE", 1)
    Stale.objects.all().delete()
    index.rebuild()
    for row in list(register.values())[:2]:
        make_note(row, text_zh="新的备注")
    assert Found("新的备注").is_behind and codes('"新的备注"') == set()
    assert SearchRow.objects.count() == 4
