"""How one Chinese clause reads, form by form."""

import pytest

from commitments.extraction.clauses_zh import read_clause
from commitments.extraction.masks import mask


def read(clause: str):
    masked = mask(clause)
    return read_clause(masked, 0, len(masked))


@pytest.mark.parametrize(
    ("clause", "quote"),
    [
        ("中方将出台便利化举措", "出台便利化举措"),
        ("中国决定建立合作基金", "建立合作基金"),
        ("中方还将实施援助项目", "实施援助项目"),
        ("并成立秘书处", "成立秘书处"),
        ("将在当地设立医学中心", "在当地设立医学中心"),
        ("继续举办合作论坛", "继续举办合作论坛"),
        ("同国际组织合作开展廉洁研究", "同国际组织合作开展廉洁研究"),
        ("为伙伴国开展培训", "为伙伴国开展培训"),
        ("为每个成员培训100名技术人员", "为每个成员培训100名技术人员"),
        ("向伙伴提供融资支持", "向伙伴提供融资支持"),
        ("到2030年建成三座电站", "到2030年建成三座电站"),
        ("严厉打击制假售假", "严厉打击制假售假"),
        ("将养老服务纳入发展规划", "将养老服务纳入发展规划"),
        ("国家开发银行将设立融资窗口", "国家开发银行将设立融资窗口"),
        ("丝路基金新增资金", "丝路基金新增资金"),
        ("将旧厂房、仓库改造为文化园", "将旧厂房、仓库改造为文化园"),
        ("部长们同意成立工作组", "成立工作组"),
        ("为发展中成员培训300名技术员", "为发展中成员培训300名技术员"),
        ("配齐乡镇农技员", "配齐乡镇农技员"),
    ],
)
def test_an_act_is_quoted_behind_speaker_and_modal(clause: str, quote: str) -> None:
    reading = read(clause)
    assert reading.kind == "act"
    assert clause[reading.start : reading.end] == quote


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("为各国合作搭建广泛平台", "effect"),
        ("助力企业发展", "effect"),
        ("让群众更有获得感", "effect"),
        ("以市场化方式支持项目建设", "effect"),
        ("对照国际规则", "adverbial"),
        ("在基础设施建设方面", "adverbial"),
        ("围绕重点领域", "adverbial"),
        ("坚持互利共赢", "stance"),
        ("反对单边主义", "stance"),
        ("我们坚定支持联合国发挥作用", "stance"),
        ("已建成十座电站", "past"),
        ("签署了三份文件", "past"),
        ("近三年，我市新增学位", "past"),
        ("疫情还在蔓延", "state"),
        ("贸易有望继续增长", "state"),
        ("欢迎各国企业参加博览会", "invitation"),
        ("企业应当如实申报材料", "duty"),
        ("托管服务不得组织集体补课", "duty"),
        ("服务业特别是金融业方面", "adverbial"),
        ("投资环境就像空气", "state"),
        ("始终把群众安危放在心上", "stance"),
        ("建设内容", "report"),
        ("中心医院新院区投入使用", "quantified"),
        ("支持有条件的企业", "agent"),
        ("会议强调", "report"),
        ("森林覆盖率达到24%以上", "quantified"),
    ],
)
def test_what_is_no_plain_act(clause: str, kind: str) -> None:
    assert read(clause).kind == kind


def test_a_directive_to_ones_own_house_is_quoted_behind_the_order() -> None:
    clause = "各地区要建立工作台账"
    reading = read(clause)
    assert (reading.kind, reading.is_exhorting, clause[reading.start :]) == ("act", True, "建立工作台账")


def test_a_word_in_quotation_marks_is_no_verb() -> None:
    assert read("“推动建设”是口号").kind == "state"
