"""A list under one verb -> its items, where each could be done by itself; otherwise one piece."""

import re

from commitments.extraction.clauses_zh import AGENT_NOUN
from commitments.extraction.verbs_zh import ADVERB, NOMINAL, VERB_WITHIN
from commitments.extraction.words_zh import ACTING, CONCRETE

JOINER = re.compile(r"、|以及|(?<![共温缓柔饱总参赋给授中签饱])(?:和|与|及|暨)(?![平谐会解睦者其时早])")
MARK = re.compile("、")
AROUND = re.compile(r"周边|沿线|所在")  # 20所学校、8家医院周边环境: one head
ADJACENT = re.compile(r"(?<=》)(?=《)|(?<=”)(?=“)")
DELIVERABLE = re.compile(
    r"(?:中心|工坊|协定|协议|条约|公约|备忘录|机制|平台|基地|园|园区|产业园|实验室|论坛|大会|博览会|联盟|基金|课堂"
    r"|目录|指南|清单|条例|办法|计划"
    r"|工程|项目|窗口|仓库|枢纽|通道|走廊|专列|班列|学院|学校|小学|中学|幼儿园|医院|博物馆|图书馆|体育馆|馆|文化站|服务站"
    r"|站|工厂|厂|数据库|资源库|文库|库|体系|数据集|案例|档案|竞赛|比赛|(?<![季调细环情时关章])节|峰会|展览|(?<!发)展|周"
    r"|示范区|试验区|先行区|合作区|集聚区|专区|企业|孵化器|专家网络|网络|大赛|研讨会|会议|对话|电站|车站"
    r"|机场|港口|铁路|公路|大桥|管道|口岸|之路|白皮书|报告|奖学金|窗口期|工作组|委员会|秘书处|办公室|公报"
    r"|标准|馆舍|名额|人次|协会|商会|规划|方案|宣言|倡议|行动|社区|家园|乡村|街区|线路|航线|专线|[一二三四五]期)[”》]?$"
)
KINDS = re.compile(r"等|相关|有关|各类|各种|各级|各项|分别|统筹|诸如|之间")
GIFTS = re.compile(r"(?:支持|援助|贷款|补贴|补助|融资|服务)$")
COUNTED = re.compile(
    r"\d[\d,.]*[万亿千百]?\s*(?:余|多)?\s*(?:个|家|项|名|人次|所|座|条|批|场|处|台|套|款|公里|万|亿|吨|张"
    r"|辆|门|次|人|户|亩)"
)
NAMED_WHOLE = re.compile(r"《[^》]*》|“[^”]*”[\u4e00-\u9fff]{0,6}")
SHARED_END = re.compile(r"(?:建设|建造|筹建|项目建设)$")
NAMED_ITEM = re.compile(
    r"[“《].{1,40}[”》]|(?:通道|走廊|之路|铁路|公路|高速|机场|港|大桥|管道|枢纽|水库|电站|地铁|号线|园区"
    r"|产业园|实验室|医院|学校)$"
)
OPENS_MODIFIER = re.compile(r"(?:以|具有|具备|涵盖|包括|面向|符合|适应|服务)")  # up to a 的 behind the list
STRICT_VERBS = (CONCRETE | ACTING) - NOMINAL
SHORTEST = 3


def items(masked: str, start: int, end: int, before: str = "") -> list[tuple[int, int]]:
    """Places of the items of the object that fills start..end; one span where it is one deliverable."""
    whole = [(start, end)]
    pieces = _pieces(masked, start, end)
    marked = _pieces(masked, start, end, MARK)
    if len(marked) > 1 and all(COUNTED.search(masked, a, b) for a, b in marked) and not KINDS.search(before):
        return whole if AROUND.search(masked, *marked[-1]) else marked
    if len(pieces) < 2 or KINDS.search(masked, start, end) or KINDS.search(before):
        return whole
    if _are_acts(masked, pieces):
        return pieces
    texts = [masked[a:b] for a, b in pieces]
    if any(len(text) < SHORTEST for text in texts[1:]) or OPENS_MODIFIER.match(texts[0]) and "的" in texts[-1]:
        return whole
    if texts[-1][-1] not in "”》" and all(text[-1] in "”》" for text in texts[:-1]):
        return whole  # “甲”“乙”服务: one head for all
    if all(NAMED_WHOLE.fullmatch(text) for text in texts) or all(COUNTED.search(text) for text in texts):
        return pieces
    if all(DELIVERABLE.search(text) for text in texts):
        return pieces
    if SHARED_END.search(texts[-1]):
        bare = [*texts[:-1], SHARED_END.sub("", texts[-1])]
        return pieces if all(NAMED_ITEM.search(text) for text in bare) else whole
    return whole


def _are_acts(masked: str, pieces: list[tuple[int, int]]) -> bool:
    """简化流程、缩短时限: each item has its own verb, and no 的 makes them say what something is for."""
    first, last = pieces[0], pieces[-1]
    if first[1] - first[0] < 2 or "的" in masked[last[0] : last[1]] or masked[first[1]] != "、":
        return False
    return all(_opens_with_act(masked, a, b) and b - a >= 5 for a, b in pieces[1:])


def _opens_with_act(masked: str, start: int, end: int) -> bool:
    adverb = ADVERB.match(masked, start, end)
    return masked[start : start + 2] in STRICT_VERBS or bool(
        adverb and masked[adverb.end() : adverb.end() + 2] in STRICT_VERBS
    )


def are_things(masked: str, pieces: list[tuple[int, int]]) -> bool:
    """Not so 支持企业和机构参与项目: the items are who does it, and the last goes on with what they do."""
    if len(pieces) > 1 and _are_acts(masked, pieces):
        return True
    return not (AGENT_NOUN.search(masked, *pieces[0]) and VERB_WITHIN.search(masked, *pieces[-1]))


def are_gifts(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """Kinds of support under 提供: split, but a careful reader may not."""
    pieces = _pieces(masked, start, end)
    ok = len(pieces) == 2 and all(GIFTS.search(masked[a:b]) and b - a >= SHORTEST for a, b in pieces)
    return pieces if ok and not KINDS.search(masked, start, end) else [(start, end)]


def _pieces(masked: str, start: int, end: int, joiner: re.Pattern[str] = JOINER) -> list[tuple[int, int]]:
    cuts = sorted(
        {
            *((m.start(), m.end()) for m in joiner.finditer(masked, start, end)),
            *((m.start(), m.end()) for m in ADJACENT.finditer(masked, start, end)),
        }
    )
    pieces, place = [], start
    for first, last in cuts:
        if first > place:
            pieces.append((place, first))
        place = last
    if end > place:
        pieces.append((place, end))
    return pieces
