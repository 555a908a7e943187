"""A list of items -> what it is: proposals, principles (attitudes, values, wishes to others), past work, targets."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from commitments.extraction.kinds import Kind
from commitments.extraction.measures_zh import Found
from commitments.extraction.units import Group, Unit

NUMBER = r"[一二三四五六七八九十两几\d]{1,3}"
PRINCIPLES = re.compile(
    rf"基本原则|工作原则|工作要求|总的要求|实施原则|指导思想|总体要求|总体思路|指导原则|基本要求|基本方针"
    rf"|{NUMBER}个(?:坚持|必须|始终|统筹|关系|不|尊重|共同)|做到(?:以下)?{NUMBER}|把握好?(?:以下)?{NUMBER}"
    rf"|{NUMBER}(?:点|条|个)(?:经验|启示|体会|认识|共识|规律性认识|主张|原则)"
    r"|(?:经验|启示|体会|认识到|原则|精神|理念|要义|必须坚持|应该坚持|应坚持|要坚持|需要坚持"
    r"|始终坚持)[^。]{0,6}[:：]?$|必须做到|遵循(?:以下)?原则"
)
UMBRELLA = re.compile(r"(?:总体要求|总体思路|总体目标|总体部署)")  # principles and targets stand under it
PAST_WORK = re.compile(
    r"工作回顾|回顾|主要成绩|取得的?成[绩效就]|发展成就|进展情况|完成情况|过去[一五\d]年|一年来|五年来"
    r"|[\d十]+年来|主要做了|开展了以下工作|发展环境|发展形势|形势分析|面临的?(?:形势|挑战|困难)|存在的?(?:问题|困难"
    r"|不足)|发展基础|现状|背景|重要意义|重大意义"
)
FEATURES = re.compile(r"(?:特点|特征|亮点|态势)[：:]\s*$")  # 呈现以下特点：一是… tells of what is
DEMANDS = re.compile(r"(?:工作|有关|相关)要求$")  # attitudes mostly, but some order what is to be done
TARGETS = re.compile(r"(?:主要|工作|发展|总体|预期|行动|阶段性|具体)?(?:目标|指标)(?:任务)?$|主要预期目标|目标要求$")
ANNOUNCED = re.compile(
    rf"宣布|{NUMBER}(?:点|项|大|方面|个方面|条)(?:的)?(?:重要|务实|具体|合作|伙伴|重点|民生)*(?:建议|行动"
    rf"|举措|措施|倡议|任务|工作|工程|计划|承诺)|以下(?:[^。]{{0,10}})?(?:建议|行动|举措|措施|倡议|任务"
    rf"|工作|方面|领域|事项)|重点(?:做好|抓好|任务|合作领域|工作)|抓好|着力|如下(?:建议|措施|工作)"
)
PLEDGED = re.compile(r"承诺$")
DEED = re.compile(r"行动|举措|措施|工程|计划|承诺|宣布|任务|工作|事项|合作领域|民生实事")
PROMISED = re.compile(r"决定|同意|商定|承诺|(?<!必)将(?!来|军)|计划|宣布")
ADVISED = re.compile(r"建议|主张|希望|呼吁|期待|应该|应当|倡议|要")
ATTITUDE = re.compile(
    r"(?:我们|大家|各方|双方|中[\u4e00-\u9fff]双方)?(?:要|应该|应当|应|必须|需要)?(?:共同|携手|始终|继续"
    r"|更加|都|勇)*(?:坚持|坚守|秉持|恪守|做(?!好|优|强|大|实)|成为|当好|共筑|弘扬|树立|尊重|绝?不|永做"
    r"|牢记|反对|互相尊重|相互尊重|彼此|平等|守望|和平共处|求同存异|相知|践行|以[^，。]{1,12}为)"
)
VALUE_END = re.compile(
    r"(?:现代化|共同体|好?伙伴|的世界|的亚洲|的地区|的家园|之友|精神|典范|推动者|贡献者|守护者|建设者"
    r"|引领者|践行者|之路的)$"
)
MUST = re.compile(r"^(?:我们|各方|各国|大家|双方|国际社会|世界各国)?(?:都|共同)?(?:要|应该|应当|应|必须|需要|须)(?!求)")
NOTHING_SAID = "items without a promise"
RANK_ANNOUNCED, RANK_BOUND, RANK_FIRM = 0.25, 0.5, 0.7


@dataclass(frozen=True)
class Verdict:
    kind: str  # proposals, principles, past, targets, nothing
    reason: str
    score: float


NOTHING = Verdict("nothing", NOTHING_SAID, 0.6)


def judge(text: str, group: Group, kind: Kind, found: Callable[[Unit], list[Found]], headed: bool) -> Verdict:
    above = [title.strip("：: ") for title in group.titles]
    if any(PAST_WORK.search(title) for title in above):
        return Verdict("past", "under a heading of past work", 0.9)
    if FEATURES.search(group.lead):
        return Verdict("past", "announced as features of what is", 0.8)
    if kind is Kind.DIRECTIVE and any(map(DEMANDS.search, above[:1])) and _are_firm(group, found):
        return Verdict("proposals", "demands that are acts", 0.7)
    if any(PRINCIPLES.search(title) and not UMBRELLA.search(title) for title in above[:1]) or _announces_principles(
        group.lead
    ):
        return Verdict("principles", "announced as principles", 0.9)
    if kind is Kind.DIRECTIVE:
        return _in_directive(text, group, found)
    return _in_speech(text, group, found)


def _last_sentence(lead: str) -> str:
    return re.split(r"[。；！？]", lead.rstrip("。；：: "))[-1].rstrip("：: ")


def _announces_principles(lead: str) -> bool:
    last = _last_sentence(lead)
    return bool(PRINCIPLES.search(last)) and not UMBRELLA.search(last)


def _share(group: Group, test: Callable[[Unit], bool]) -> float:
    return sum(map(test, group.units)) / len(group.units)


def _in_directive(text: str, group: Group, found: Callable[[Unit], list[Found]]) -> Verdict:
    with_measures = _share(group, lambda unit: bool(found(unit)))
    attitudes = _share(group, lambda unit: bool(ATTITUDE.match(text, unit.text_start, unit.end)))
    if attitudes >= 0.6 and not ANNOUNCED.search(group.lead) and _mean(group, found) < 2:
        return Verdict("principles", "headings state attitudes", 0.7)
    if PAST_WORK.search(_last_sentence(group.lead)):
        return Verdict("past", "announced as past work", 0.8)
    if with_measures >= 0.34:
        return Verdict("proposals", "items of a directive with measures", round(0.6 + 0.35 * with_measures, 2))
    if (announced := ANNOUNCED.search(_last_sentence(group.lead))) and not DEED.search(announced.group()):
        return Verdict("principles", "suggestions to others", 0.7)
    if ANNOUNCED.search(group.lead) and with_measures:
        return Verdict("proposals", "announced list of a directive", 0.6)
    return Verdict("nothing", "items without measures", 0.6)


def _mean(group: Group, found: Callable[[Unit], list[Found]]) -> float:
    return sum(len(found(unit)) for unit in group.units) / len(group.units)


def _in_speech(text: str, group: Group, found: Callable[[Unit], list[Found]]) -> Verdict:
    bound = _share(group, lambda unit: any(each.is_bound or each.says_will for each in found(unit)))
    attitudes = _share(group, lambda unit: _is_attitude(text, unit))
    if group.family == "paragraph":
        return Verdict("proposals", "paragraphs in which the speaker binds itself", 0.6) if bound else NOTHING
    lead = _last_sentence(group.lead)
    announced = ANNOUNCED.search(lead)
    deeds = bool(announced and DEED.search(announced.group()))
    if attitudes >= 0.5 and not (deeds and bound >= RANK_BOUND or _are_own_acts(group, found)):
        return Verdict("principles", "headings state attitudes or values", 0.85)
    if bound >= RANK_BOUND:
        return Verdict("proposals", "the speaker binds itself in most items", round(0.6 + 0.35 * bound, 2))
    if is_promised(group):
        return Verdict("proposals", "announced with a will", 0.8)
    exhorting = _share(group, lambda unit: _exhorts(text, unit))
    if exhorting >= 0.5:
        return Verdict("principles", "exhorts others", 0.8)
    if deeds or announced and bound >= RANK_ANNOUNCED:
        return Verdict("proposals", "announced list of deeds", 0.75)
    if bound < RANK_ANNOUNCED and announced:
        return Verdict("principles", "suggestions to others", 0.7)
    if bound or _bare(group, found) >= 0.6 and group.family != "paragraph":
        return Verdict("proposals", "items that begin with an act", 0.6)
    return NOTHING


def is_promised(group: Group) -> bool:
    """Does what announces the list promise it: 中国将采取以下举措, 我们郑重承诺？"""
    lead = _last_sentence(group.lead)
    is_will = bool(ANNOUNCED.search(lead) and PROMISED.search(lead)) or bool(PLEDGED.search(lead))
    return is_will and not ADVISED.search(lead)


def _are_firm(group: Group, found: Callable[[Unit], list[Found]]) -> bool:
    return _share(group, lambda unit: any(each.is_firm for each in found(unit))) >= RANK_FIRM


def _are_own_acts(group: Group, found: Callable[[Unit], list[Found]]) -> bool:
    """第一，坚持开放包容。…中方将举办研讨会: under headings of values, nearly every item has a promise of its own."""
    return _share(group, lambda unit: any(each.is_bound and each.is_firm for each in found(unit))) >= RANK_FIRM


def _bare(group: Group, found: Callable[[Unit], list[Found]]) -> float:
    return _share(group, lambda unit: any(not each.is_exhorting for each in found(unit)))


def _is_attitude(text: str, unit: Unit) -> bool:
    heading = re.split(r"[。，；\n]", text[unit.text_start : min(unit.end, unit.text_start + 60)])[0]
    return bool(ATTITUDE.match(heading) or VALUE_END.search(heading))


def _exhorts(text: str, unit: Unit) -> bool:
    pieces = re.split(r"[。；\n]", text[unit.text_start : unit.end])
    return any(MUST.match(piece) for piece in pieces)
