"""Chinese sentences -> measures: effects left out, lists split, exhortation told from directive."""

import pytest

from commitments.extraction.masks import mask
from commitments.extraction.measures_zh import Found, measures


def found(text: str, is_directive: bool = False) -> list[Found]:
    return list(measures(mask(text), 0, len(text), is_directive=is_directive))


def quotes(text: str, is_directive: bool = False) -> list[str]:
    return [text[each.start : each.end] for each in found(text, is_directive)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("中方将建立两个中心，加快建设总部，助力当地提升能力。", ["建立两个中心", "加快建设总部"]),
        ("加快设备更新，推动产业转型升级。", ["加快设备更新"]),
        ("推动产业转型升级。", ["推动产业转型升级"]),
        ("开展专项整治，坚决遏制重特大事故。", ["开展专项整治"]),
        ("设立基金，推动医药标准制定。", ["设立基金", "推动医药标准制定"]),
        ("建立机制，确保救助覆盖率达到95%。", ["建立机制", "确保救助覆盖率达到95%"]),
    ],
)
def test_the_effect_at_the_end_is_left_out(sentence: str, expected: list[str]) -> None:
    assert quotes(sentence, is_directive=True) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("设立更多培训中心、传统医学中心。", ["设立更多培训中心", "传统医学中心"]),
        ("商签自由贸易协定、投资保护协定。", ["商签自由贸易协定", "投资保护协定"]),
        ("新建5个研究中心、10个实训机构。", ["新建5个研究中心", "10个实训机构"]),
        ("推出《行动指南》《评价标准》。", ["推出《行动指南》", "《评价标准》"]),
        ("简化审批流程、压缩办理时限。", ["简化审批流程", "压缩办理时限"]),
        ("扩大进口原油、液化天然气。", ["扩大进口原油、液化天然气"]),
        ("深化能源、税收、金融等领域合作。", ["深化能源、税收、金融等领域合作"]),
        ("建设大数据和云计算中心。", ["建设大数据和云计算中心"]),
        ("统筹推进示范工程和民生项目。", ["统筹推进示范工程和民生项目"]),
        ("制定操作规范和相关管理制度。", ["制定操作规范和相关管理制度"]),
        ("举办和平论坛。", ["举办和平论坛"]),
    ],
)
def test_lists_split_only_where_each_item_stands_alone(sentence: str, expected: list[str]) -> None:
    assert quotes(sentence, is_directive=True) == expected


def test_an_item_of_a_list_knows_the_verb_that_governs_it() -> None:
    assert [each.governor for each in found("中方将设立更多培训中心、传统医学中心。")] == ["", "设立"]


@pytest.mark.parametrize(
    ("sentence", "in_speech", "in_directive"),
    [
        ("我们要加强团结合作。", [], ["加强团结合作"]),
        ("我们要落实《巴黎协定》。", ["落实《巴黎协定》"], ["落实《巴黎协定》"]),
        ("各国应扩大相互开放。", [], ["扩大相互开放"]),
        ("企业应当保证质量。", [], []),
    ],
)
def test_must_binds_the_issuer_of_a_directive_only(
    sentence: str, in_speech: list[str], in_directive: list[str]
) -> None:
    assert quotes(sentence) == in_speech
    assert quotes(sentence, is_directive=True) == in_directive


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("鼓励有条件的企业，建设研发平台，加强技术攻关。", ["鼓励有条件的企业，建设研发平台", "加强技术攻关"]),
        ("对新认定的企业，给予100万元奖励。", ["对新认定的企业，给予100万元奖励"]),
        ("围绕智能制造，开展技术改造。", ["开展技术改造"]),
        ("未来三年，中方将派遣500名专家。", ["未来三年，中方将派遣500名专家"]),
        ("疫苗研发完成后，将作为公共产品。", ["疫苗研发完成后，将作为公共产品"]),
        ("欢迎航天员进入空间站，同我方人员联合飞行。", ["欢迎航天员进入空间站，同我方人员联合飞行"]),
    ],
)
def test_what_belongs_to_an_act_stays_with_it(sentence: str, expected: list[str]) -> None:
    assert quotes(sentence, is_directive=True) == expected


def test_an_invitation_is_doubtful() -> None:
    [invitation] = found("中方欢迎各国参加博览会。")
    assert (invitation.is_doubtful, invitation.note) == (True, "an invitation")


def test_a_past_result_closes_its_sentence() -> None:
    assert quotes("去年建成电站十座，新增装机两百万千瓦。", is_directive=True) == []


def test_an_opinion_closes_its_sentence() -> None:
    assert quotes("双方一致认为，扩大贸易，加强交流。") == []


def test_an_agent_without_an_act_is_taken_once() -> None:
    assert quotes("支持科技企业，鼓励商业银行。", is_directive=True) == ["支持科技企业", "鼓励商业银行"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("主要是新建小学5所、初中3所，举办招聘会80场。", ["新建小学5所", "初中3所", "举办招聘会80场"]),
        ("要着重抓好以下工作：提振消费、修订物业办法，设立基金3支。", ["提振消费", "修订物业办法", "设立基金3支"]),
        ("要更好统筹水源调度。", ["更好统筹水源调度"]),
        ("县公安局交警大队增设夜间窗口。", ["县公安局交警大队增设夜间窗口"]),
        (
            "加大项目前期工作力度，区财政局安排经费900万元，统筹用于勘察。",
            ["加大项目前期工作力度", "区财政局安排经费900万元"],
        ),
        ("此外，《方案》还提出要强化海岸巡查。", ["强化海岸巡查"]),
        ("支持建立海洋发展、海洋治理研究中心。", ["支持建立海洋发展、海洋治理研究中心"]),
        ("在2023年占比33.8%的基础上，新建码头3座。", ["新建码头3座"]),
        ("全部更换超期电梯。", ["全部更换超期电梯"]),
        ("报告中还介绍了整改情况。", []),
        ("报告共分三个部分。", []),
        ("做好下半年工作，要落实补贴政策。", ["落实补贴政策"]),
        ("企业应当如实报告险情，不得瞒报漏报。", []),
        ("全面排查隐患，确保水厂扩建工程年内竣工。", ["全面排查隐患", "确保水厂扩建工程年内竣工"]),
        ("商签引渡条约、司法协助条约。", ["商签引渡条约", "司法协助条约"]),
    ],
)
def test_the_directive_of_an_administration(sentence: str, expected: list[str]) -> None:
    assert quotes(sentence, is_directive=True) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("继续在涉及彼此核心利益问题上相互支持，加强港口合作。", ["加强港口合作"]),
        ("中方倡导真正的多边主义，愿举办论坛。", ["举办论坛"]),
        ("中方将发起科学倡议，推动成果更多惠及各国。", ["发起科学倡议"]),
    ],
)
def test_creeds_and_benefits_are_no_acts(sentence: str, expected: list[str]) -> None:
    assert quotes(sentence) == expected
