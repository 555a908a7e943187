"""Lists that are numbered like proposals and are none, and the other way round."""

import pytest

from commitments.extraction.extract import extract

DEEDS = "我宣布以下举措：\n第一，中方将设立合作基金，举办青年论坛。\n第二，中方将建设两个培训中心，派遣百名专家。\n"


def sorted_out(text: str) -> tuple[int, int]:
    found = extract(text)
    return len(found.proposals), len(found.principles)


@pytest.mark.parametrize(
    "decoy",
    [
        "双方要做到三个坚持：\n一是坚持相互尊重。要平等相待。\n二是坚持合作共赢。要拉紧纽带。\n三是坚持开放包容。要互学互鉴。\n",
        "——做相互信任的伙伴，支持彼此核心利益。\n——做共同发展的伙伴，发挥互补优势。\n",
        "我提出两点建议。\n第一，全力应对挑战。各方要加强团结，反对歧视。\n第二，完善全球治理。国际社会应加大投入。\n",
        "——要推进公正合理的现代化。我们要尊重各国选择。\n——要推进开放共赢的现代化。我们要扩大交流。\n",
    ],
)
def test_attitudes_values_and_appeals_are_principles_beside_the_deeds(decoy: str) -> None:
    proposals, principles = sorted_out(f"各国元首、各位朋友：\n{decoy}各位来宾！\n{DEEDS}")
    assert (proposals, principles) == (2, decoy.count("\n") - (0 if decoy.startswith("——") else 1))


def test_an_announced_list_counts_although_headings_sound_like_attitudes() -> None:
    text = (
        "会议确定，明年经济工作抓好以下重点任务：\n一是坚持内需主导。制定增收计划，清理不合理限制，优化财政补贴。\n"
        "二是坚持创新驱动。建设科技创新中心，完善知识产权保护制度，实施产业链行动。\n"
    )
    assert sorted_out(text) == (2, 0)


def test_a_review_of_the_past_year_is_neither() -> None:
    text = (
        "市政府工作报告\n一、2025年工作回顾\n一是建成学校六所，新增学位三千个。\n二是改造小区十个，惠及居民两万户。\n"
        "二、2026年重点工作\n（一）发展教育。新建学校八所，招聘教师百名。\n（二）改善住房。改造小区二十个，建设公寓五百套。\n"
    )
    assert sorted_out(text) == (2, 0)


def test_guiding_thought_and_basic_principles_of_a_plan_are_principles() -> None:
    text = (
        "养老服务工作方案\n一、总体要求\n（一）指导思想。坚持以人民为中心，推动高质量发展。\n（二）基本原则。坚持政府主导。\n"
        "（三）主要目标。到2028年，新增床位5000张以上。\n二、重点任务\n（四）扩大供给。建设社区养老中心，培育服务企业。\n"
        "（五）强化监管。建立评价制度，开展专项检查。\n"
    )
    assert sorted_out(text) == (3, 2)


def test_paragraphs_count_only_where_nothing_is_listed_and_the_speaker_binds_itself() -> None:
    text = (
        "各位同事：\n当前世界变乱交织，各国更应团结合作，共同维护来之不易的和平与发展环境。\n"
        "为支持各国发展，中方将设立技术合作中心，并为各国培训500名技术人员，共享发展机遇。\n谢谢大家。\n"
    )
    assert sorted_out(text) == (1, 0)


def test_a_list_of_annexes_is_no_list_of_proposals() -> None:
    assert sorted_out("附件：1.重点任务分工表\n2.主要统计指标\n3.成员单位名单\n") == (0, 0)


def test_features_of_what_is_are_no_list_of_acts() -> None:
    then = "下一步，将重点推进：\n一是改造提升3条商业街，举办消费季。\n二是新建2个直播基地，开通维权热线。\n"
    features = "一是规模扩大。零售额达到410亿元。\n二是消费活跃。线上占比提高到28%。\n"
    assert sorted_out(f"上半年全市消费呈现以下特点：\n{features}{then}") == (2, 0)
    assert sorted_out(f"上半年全市各项工作取得明显成效。\n{then}") == (2, 0)


def test_promised_lines_count_without_a_verb() -> None:
    found = extract("致用户：今年我们郑重承诺：\n● 水压不低于0.14兆帕\n● 抢修4小时到场\n● 温度不达标按天退费\n")
    assert [[measure.quote for measure in proposal.measures] for proposal in found.proposals] == [
        ["水压不低于0.14兆帕"],
        ["抢修4小时到场"],
        ["温度不达标按天退费"],
    ]


@pytest.mark.parametrize(("announced", "expected"), [("中国将采取以下重大举措", 1), ("我提出以下建议", 0)])
def test_must_without_a_subject_binds_where_the_list_is_announced_as_ones_own(announced: str, expected: int) -> None:
    text = (
        f"各位来宾：各国命运相连。{announced}：\n第一，放宽准入。制造业方面，下一步要取消外资股比限制。\n"
        "第二，改善环境。下一步要清理不合理规定。\n"
    )
    found = extract(text)
    assert [len(proposal.measures) for proposal in found.proposals] == [1, 1][: 2 * expected]


def test_an_item_without_an_act_beside_a_section_only_introduces() -> None:
    text = (
        "在全县工作会议上的讲话\n第一，关于当前形势。要看到，外部环境更趋复杂。要坚定信心，用好政策机遇。\n"
        "第二，关于明年的任务。重点做好两件事。\n一是抓项目。要建成物流园一期，开工企业30家。\n"
        "二是抓生态。要新增绿地200亩，治理河道三条。\n"
    )
    assert sorted_out(text) == (2, 0)


def test_demands_that_are_acts_are_proposals() -> None:
    tasks = "物流方案\n一、主要任务\n（一）建设物流站18个。\n（二）增开货运班线6条。\n二、工作要求\n"
    assert sorted_out(f"{tasks}（一）加强领导。成立工作专班。\n（二）严格管理。建立项目库。\n") == (4, 0)
    assert sorted_out(f"{tasks}（一）提高站位。坚持统筹兼顾。\n（二）求真务实。坚持实干为先。\n") == (2, 2)
