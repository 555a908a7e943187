"""The whole: layout, offsets, headings, groups, responsible bodies, and the shape of the result."""

import json

import pytest

from commitments.extraction.extract import extract

PLAN = (
    "青石镇图书服务工作方案\n一、重点任务\n（一）完善设施。新建村级书屋12个，更新图书3万册。（牵头单位：文化站；配合单位：财政所）\n"
    "（二）丰富活动。每月举办一次读书会，到2028年培训讲解员50名。（文化站负责）\n"
)


def quotes(text: str) -> list[str]:
    return [measure.quote for proposal in extract(text).proposals for measure in proposal.measures]


def test_a_plan_gives_numbered_proposals_with_group_label_and_heading() -> None:
    first, second = extract(PLAN).proposals
    assert (first.number, first.label, first.group, first.heading) == (1, "（一）", "一、重点任务", "完善设施")
    assert (second.number, second.label, second.heading_verbatim) == (2, "（二）", True)
    assert first.quote.endswith("财政所）")


def test_brackets_name_the_responsible_bodies_and_stay_out_of_the_measures() -> None:
    first, second = extract(PLAN).proposals
    assert first.suggestions.responsible == ("文化站", "财政所")
    assert second.suggestions.responsible == ("文化站",)
    assert quotes(PLAN) == ["新建村级书屋12个", "更新图书3万册", "每月举办一次读书会", "到2028年培训讲解员50名"]


def test_a_hard_wrapped_text_is_quoted_with_its_line_breaks() -> None:
    rows = [
        "　　会议要求，各单位要抓好以下几项重点",
        "工作，确保取得实效，不得推诿扯皮敷衍了",
        "事。一是加快建设三座跨江大桥并同步推进",
        "接线工程，二要不折不扣。现有渡口继续保",
        "留运营，方便两岸群众日常出行和货物运输",
        "，直到新桥通车以后再行研究调整办法。",
    ]
    text = "\n".join(rows)
    lines = (
        "一是加强道路建设。新建环城公路，改造老旧桥\n梁五座。\n二是加强河道治理。疏浚城区全部河道，修建沿\n河步道八公里。\n"
        "三是加强绿化管理。栽种行道树三千株，建设口\n袋公园十二个。\n"
    )
    assert "改造老旧桥\n梁五座" in quotes(f"{text}\n市政府会议提出，全市城建工作要抓好以下工作：\n{lines}")


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_byte_order_mark_of_the_text_are_counted(change) -> None:
    text = change(PLAN)
    for proposal in extract(text).proposals:
        for measure in proposal.measures:
            assert text[measure.start : measure.end] == measure.quote
    assert quotes(text) == quotes(PLAN)


def test_a_speech_in_one_line_with_wide_spaces_is_read_by_paragraphs() -> None:
    text = (
        "主席先生，各位同事：　　当前各国都面临挑战。　　我宣布：　　——中国将建立联合医学中心，派遣百名医生。"
        "　　——中国将提供五千万美元援助，用于支持受灾国家。　　谢谢大家。"
    )
    assert quotes(text) == ["建立联合医学中心", "派遣百名医生", "提供五千万美元援助"]


def test_half_width_punctuation_is_read_as_meant_and_quoted_as_given() -> None:
    text = "我宣布以下举措:\n第一,中方将设立基金(首期),举办论坛.\n第二,中方将建设两个中心,派遣专家.\n"
    assert quotes(text) == ["设立基金(首期)", "举办论坛", "建设两个中心", "派遣专家"]


def test_an_item_without_heading_gets_one_of_ours() -> None:
    [first, _second] = extract("我宣布：\n——中方将设立技术基金。\n——中方将举办青年论坛。\n").proposals
    assert (first.heading, first.heading_verbatim) == ("设立技术基金", False)


def test_the_result_is_plain_data_for_json() -> None:
    data = json.loads(json.dumps(extract(PLAN).as_data(), ensure_ascii=False))
    assert {"language", "kind", "proposals", "principles"} <= data.keys()
    assert {"number", "label", "group", "heading", "heading_verbatim", "start", "end", "reason", "score"} <= data[
        "proposals"
    ][0].keys()
    assert {"quote", "start", "end", "doubtful", "governor", "note", "suggestions"} <= data["proposals"][0]["measures"][
        0
    ].keys()


def test_page_numbers_between_lines_are_no_text() -> None:
    text = (
        "我宣布以下举措：\n第一，中方将建设中心。\n- 12 -\n第二，中方将举办论坛。\n第 13 页\n第三，中方将派遣专家。\n"
    )
    assert quotes(text) == ["建设中心", "举办论坛", "派遣专家"]


def test_of_a_report_without_lists_only_what_was_said_is_drafted() -> None:
    said = "市长顾青提出，今年要着重抓好以下工作：改造厂房40万平方米；设立中试基地3个。"
    text = (
        "临江市人民代表大会3月2日开幕。412名代表出席会议，认真履行职责。\n"
        "市长顾青指出，今年的预期目标是：地区生产总值增长5%；新增就业3万人。\n"
        f"{said}\n代表团下午开展讨论，全市居民收看直播。\n"
    )
    assert [proposal.quote for proposal in extract(text).proposals] == [said]
