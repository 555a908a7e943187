"""Numbering of every style -> the tree of items, and which of them could be proposals."""

import pytest

from commitments.extraction.outline import outline
from commitments.extraction.units import groups_of
from commitments.text.unwrap import unwrap

ONE = "建立协调机制，明确责任分工。"
TWO = "设立专项资金，支持项目建设。"


def labels(text: str) -> list[str]:
    flat = unwrap(text)
    return [unit.label for group in groups_of(flat.text, outline(flat)) for unit in group.units]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、", "二、"),
        ("（一）", "（二）"),
        ("1.", "2."),
        ("1．", "2．"),
        ("1、", "2、"),
        ("（1）", "（2）"),
        ("①", "②"),
        ("一是", "二是"),
        ("一要", "二要"),
        ("第一，", "第二，"),
        ("首先，", "其次，"),
        ("——", "——"),
        ("•", "•"),
        ("1)", "2)"),
        ("第一条", "第二条"),
        ("任务一：", "任务二："),
    ],
)
def test_a_list_of_any_style_is_found(first: str, second: str) -> None:
    assert labels(f"{first}{ONE}\n{second}{TWO}\n") == [first, second]


def test_the_lowest_numbered_items_with_text_are_the_units() -> None:
    text = f"一、总则\n（一）组织\n1.{ONE}\n2.{TWO}\n（二）资金\n1.{ONE}\n2.{TWO}\n二、附则\n（一）{ONE}\n（二）{TWO}\n"
    assert labels(text) == ["1.", "2.", "1.", "2.", "（一）", "（二）"]


def test_numbers_may_run_on_across_sections() -> None:
    assert labels(f"一、甲类\n1.{ONE}\n2.{TWO}\n二、乙类\n3.{ONE}\n4.{TWO}\n") == ["1.", "2.", "3.", "4."]


def test_items_within_a_paragraph_are_found() -> None:
    assert labels(f"会议要求：一是{ONE}二是{TWO}三是{ONE}") == ["一是", "二是", "三是"]


def test_items_counted_from_one_within_an_item_are_the_units() -> None:
    inner = f"1.{ONE.replace('。', '；')}2.{TWO}"
    assert labels(f"（一）建好网络。{inner}\n（二）理顺线路。{inner}\n") == ["1.", "2."] * 2
    assert labels(f"（一）{ONE}增长1.5倍。2.{TWO}\n（二）{TWO}\n") == ["（一）", "（二）"]


def test_bullets_under_a_bold_heading_are_not_units_themselves() -> None:
    flat = unwrap(f"**节能**\n- {ONE}\n- {TWO}\n**节水**\n- {ONE}\n- {TWO}\n")
    [group] = groups_of(flat.text, outline(flat))
    assert [flat.text[unit.text_start :].partition("**")[0] for unit in group.units] == ["节能", "节水"]


def test_a_lone_number_in_a_sentence_is_no_list() -> None:
    assert labels("工作要求是：一是一，二是二。大家都要记住这一点。") == []


def test_the_paragraph_after_the_last_item_is_not_part_of_it() -> None:
    flat = unwrap(f"第一，{ONE}\n第二，{TWO}\n各位朋友，让我们携手前行，共创未来。\n")
    [group] = groups_of(flat.text, outline(flat))
    assert flat.text[group.units[1].start : group.units[1].end] == f"第二，{TWO}"


def test_paragraphs_between_two_items_belong_to_the_first() -> None:
    flat = unwrap(f"一、产业\n{ONE}\n{TWO}\n二、民生\n{TWO}\n")
    [group] = groups_of(flat.text, outline(flat))
    assert flat.text[group.units[0].start : group.units[0].end] == f"一、产业\n{ONE}\n{TWO}"


def spans(text: str) -> list[str]:
    flat = unwrap(text)
    return [flat.text[unit.start : unit.end] for group in groups_of(flat.text, outline(flat)) for unit in group.units]


def test_a_heading_that_every_item_repeats_stays_within_the_items() -> None:
    items = [
        "1. Clean the harbour\nWe will ban discharges.\nHow we will do it\nBuild a plant\nFine the polluters",
        "2. House every family\nWe will end hostels.\nHow we will do it\nDeliver 300 homes\nProvide a register",
    ]
    assert spans("The plan of the council\n" + "\n".join(items) + "\n") == items


def test_the_closing_paragraph_stays_outside_a_list_of_single_lines() -> None:
    text = f"一是{ONE}\n二是{TWO}\n三是开通县城夜班公交。\n有关负责人表示，实事办得好不好，群众说了算。\n"
    assert spans(text)[-1] == "三是开通县城夜班公交。"
