"""Where the verb of a Chinese clause stands: closed word lists first, then the tags of the dictionary."""

import re

from commitments.extraction import words_zh as w
from commitments.text.segment import part_of_speech

VERBS = w.CONCRETE | w.ACTING
LONGEST_WORD = 4
# Verbs that as often stand as nouns within a phrase: 创新主体, 合作对接, 研究机构.
NOMINAL = frozenset(
    (
        "合作 研究 开发 创新 投资 融资 服务 管理 生产 制造 运营 培训 设计 交流 考核 评价 监测 监督 检查 运行 "
        "改革 治理 规划 保护 保障 试点 支撑 对接 使用 销售 发展 建设 联合 协同 健康 就业 改造 应用 出口 进口 "
        "报告 更新 升级 覆盖 开放 监管"
    ).split()
)
VERB_WITHIN = re.compile(
    "(?:(?:"
    + w.choice(NOMINAL)
    + r")(?=\d|[“《]|一批|一[个家项次]|更多)|"
    + w.choice(frozenset(verb for verb in w.CONCRETE | w.ACTING if len(verb) > 1) - NOMINAL)
    + ")(?![的者性率型级、等和与及]|力(?!度)|化(?!解))"
)
ADVERB = re.compile("(?:" + w.choice(w.ADVERBS) + ")+?")
ADVERB_RUN = re.compile("(?:" + w.choice(w.ADVERBS) + ")+")
ALONE = re.compile(
    "[抓稳促扩强](?=[\u4e00-\u9fff]{2,4}[稳促提保强扩增])|"
    "[办建开抓设引促育推](?:好|强|成|立|大|优|实|牢|出|通|全|齐)|做(?:好|强|优|大|实|细|精|深)"
    "|[兜织扎](?:牢|住|密|紧)|配(?:齐|强)"
    "|[建办设开](?=[\u4e00-\u9fff\\d“《]{3})"
)
# Nouns of a document as often as verbs: 报告共分三部分, 规划提出.
DOCUMENT = re.compile(r"(?:报告|规划|通报|设计)(?=[中共里]|还|指出|提出|强调|认为|明确|要求|显示|分为)")
IN_A_WAY = re.compile(r"[\u4e00-\u9fff]{2}化")
SET_PHRASE = re.compile(r"[\u4e00-\u9fff]{2}(?:并举|施策|放松|懈怠|发力|联动|结合|制宜|动摇)")
OBJECT_LEAST = 1
NOT_VERBS = frozenset(
    (
        "符合 遭受 面对 导致 引发 造成 加剧 蔓延 有利于 归根 可以 能够 应该 没有 还有 具有 拥有 成为 作为 "
        "属于 位于 处于 存在 来自 正在 有关 包括 涉及 关于 面临 进入 出现 发生 是否 需要 可能 出席 参加 抵达 "
        "举世 感到 得到 看到 有利 有望 相关 不是 就是 都是 这是 随着 通过 经过 根据 依靠 依托 按照 依照 基于 "
        "围绕 针对 面向"
    ).split()
)


def first_verb(masked: str, start: int, end: int) -> tuple[str, int] | None:
    for found in VERB_WITHIN.finditer(masked, start, end):
        if end - found.end() >= OBJECT_LEAST + 1:
            return found.group(), found.start()
    return None


def verb_at(masked: str, start: int, end: int) -> tuple[str, int] | None:
    """The verb that stands here, adverbs before it skipped."""
    if DOCUMENT.match(masked, start, end):
        return None
    for place in _behind_adverbs(masked, start, end):
        for length in range(min(LONGEST_WORD, end - place), 0, -1):
            word = masked[place : place + length]
            if (word in VERBS or word in w.STANCE) and place + length < end and masked[place + length] not in "的":
                return word, place
        if alone := ALONE.match(masked, place, end):
            return alone.group(), place
        if (
            place == start
            and _is_adverb(masked[start : start + 2])
            and masked[start + 2 : start + 4] in VERBS - NOMINAL
        ):
            return masked[start + 2 : start + 4], start + 2
        if place > start and _is_verb(masked[place : place + 2]) and place + 2 < end:
            return masked[place : place + 2], place
    return _by_dictionary(masked, start, end)


def _behind_adverbs(masked: str, start: int, end: int) -> list[int]:
    """Behind the last adverb first: 更 may be one or begin 更换."""
    places = [start]
    while adverb := ADVERB.match(masked, places[-1], end):
        places.append(adverb.end())
    return places[::-1]


def _by_dictionary(masked: str, start: int, end: int) -> tuple[str, int] | None:
    word = masked[start : start + 2]
    if end - start > 6 and _is_set_phrase(masked[start : start + 4]):
        return verb_at(masked, start + 4, end)
    if IN_A_WAY.match(masked, start) and masked[start + 3 : start + 5] in VERBS:
        return masked[start + 3 : start + 5], start + 3
    if end - start < 5 or not _is_verb(word):
        return None
    longer = (masked[start : start + length] for length in (4, 3))
    if any(part_of_speech(each)[:1] in ("n", "t", "r", "m", "l") for each in longer):
        return None
    return word, start


def _is_set_phrase(words: str) -> bool:
    """多措并举 and the like, before a verb: how it is done."""
    return part_of_speech(words) in ("i", "d", "ad") or bool(SET_PHRASE.match(words))


def _is_adverb(word: str) -> bool:
    return part_of_speech(word)[:1] in ("a", "d") or part_of_speech(word) == "vd"


def _is_verb(word: str) -> bool:
    return part_of_speech(word) == "v" and word not in NOT_VERBS
