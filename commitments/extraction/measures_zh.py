"""Chinese sentences of one item -> its measures: acts with their objects, effects left out, lists split."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from commitments.extraction import splits_zh
from commitments.extraction import words_zh as w
from commitments.extraction.clauses_zh import Reading, read_clause
from commitments.extraction.sentences import LONGEST, Clause, Sentence, sentences

OPINIONS = frozenset(
    (
        "坚信 重申 认为 相信 感谢 赞赏 高度评价 高度赞赏 主张 呼吁 希望 强调 指出 表示 祝贺 积极评价 注意到 "
        "忆及 回顾 欣见 肯定"
    ).split()
)
AGENT_VERBS = frozenset("支持 鼓励 引导 推动 组织 指导 允许 吸引".split())
ASIDE = frozenset("推动 促进 加快 加速".split())
ASIDE_END = re.compile(r"(?:突破|过程)$|^(?!加).{16,}(?<!创新)发展$")
SOFT_TAIL = frozenset(
    (
        "促进 提升 提高 增强 实现 确保 保障 满足 激发 释放 带动 营造 夯实 筑牢 构筑 守护 守住 助力 支撑 惠及 "
        "防止 避免 形成 增进 巩固 维护 便利 方便 防范 遏制 帮助 吸引"
    ).split()
)
NEEDS_ABSTRACT = frozenset(
    (
        "降低 减轻 缓解 减少 推动 推进 扩大 完善 支持 引导 拓展 打造 构建 加速 优化 解决 丰富 壮大 服务 引领 "
        "消除 缩小 稳定 保护 发挥"
    ).split()
)
JOINT_HOPE = re.compile(r"携手(?:推进|推动|促进|打造|构建|共建|开创|建设|实现)")
EMPHATIC = re.compile(r"(?:有效|切实|真正|不断|充分|更好|有力|最大限度|牢牢|携手|大幅)")
RAISING = frozenset("提升 提高 增强 改善 激发 释放".split())
ENSURED = re.compile(r"确保.*(?:到位|见效|落地|实效|推进|成效|衔接)$")
JOINT_EFFECT = re.compile(r"共同(?:促进|维护)")
BRINGS_ABOUT = re.compile(r"(?:推动|促进|加快)形成")
FINISHED = re.compile(r"(?:竣工|完工|投用|投产|通车|开工|投入使用)$")
FIRMLY = re.compile(r"依法|严格|从严|严厉|优先|统筹推进")
HASTE = re.compile(r"(?:突破|转型|升级|落地|转化|迭代|(?<!谈判)(?<!开放)(?<!改革)进程|过程|集聚)$")
GRAND = re.compile(r"(?:格局|共同体|高地|环境|生态|局面|新篇章|新时代|新局面|家园|世界|未来|态势)$")
BENEFIT = re.compile(r"[更都](?:多|好|广泛|公平)?[^，]{0,4}(?:惠及|造福|普惠)")
VAGUE_END = re.compile(r"(?:发展|交流|合作|对话|水平|工作|能力|创新|力度)$")
NAMED_OBJECT = re.compile(
    r"[《“「]|\d|中心|项目|论坛|协定|协议|机制|基金|计划|议程|公约|宪章|工程|大会|峰会|办法|条例|平台|基地|实验室|银行"
)


SAYS_WHAT_IT_IS = re.compile(
    r"(?:不?是|就是|而是|事关|关系|关乎|意义重大|至关重要|对[^，]*具有[^，]*意义"
    r"|特?制[定订]本|特制[定订]|现(?:提出|制定|就)|提出[以如]下)"
)
ADMINISTRATIVE = re.compile(
    r"(?:牵头|配合|责任|负责|完成|时间|实施|参与|协办|主办|联系)(?:单位|部门|时限|时间|主体|领导|节点|要求|人)[：:]"
)  # a line of its own


@dataclass(frozen=True)
class Found:
    """A measure as places in the flat text."""

    start: int
    end: int
    reason: str
    score: float
    verb: str = ""
    is_doubtful: bool = False
    governor: str = ""
    note: str = ""
    is_bound: bool = False
    is_exhorting: bool = False
    says_must: bool = False
    is_firm: bool = False  # a concrete act or a named object
    says_will: bool = False  # it, or a clause before it in the sentence


def measures(masked: str, start: int, end: int, *, is_directive: bool, is_promised: bool = False) -> Iterator[Found]:
    mode = "open"
    for sentence in sentences(masked, start, end):
        if ADMINISTRATIVE.match(masked, sentence.start, sentence.end):
            continue
        reader = _read(masked, sentence, _Reader(masked, is_directive, mode, is_promised=is_promised))
        mode = "exhorting" if reader.mode == "exhorting" else "open"  # 要…。完善…: still what all should do
        for found in reader.finish():
            yield from _split(masked, found)


def _read(masked: str, sentence: Sentence, reader: "_Reader") -> "_Reader":
    conditions = _conditions(masked, sentence)
    topic = _topic(masked, sentence)
    for number, clause in enumerate(sentence.clauses):
        if number < topic:
            continue
        if number in conditions:
            reader.take(Reading("adverbial", clause.start, clause.end))
        elif clause.end - clause.start <= LONGEST:
            reading = read_clause(masked, clause.start, clause.end)
            if reader.found or not _is_matter(masked, reading, sentence.clauses[number + 1 :]):
                reader.take(reading)
    return reader


def _is_matter(masked: str, reading: Reading, later: Sequence[Clause]) -> bool:
    """做好明年工作，要…: a bare act right before “must” says in which matter."""
    is_bare = reading.kind == "act" and not (reading.is_bound or reading.is_exhorting)
    return is_bare and bool(later) and bool(w.EXHORT.match(masked, *_span(later[0])))


def _topic(masked: str, sentence: Sentence) -> int:
    """扩大开放，不是权宜之计, 为扩大开放，制定本办法: how many clauses only say what it is about."""
    clauses = sentence.clauses
    return next((n + 1 for n in range(1, len(clauses)) if SAYS_WHAT_IT_IS.match(masked, *_span(clauses[n]))), 0)


def _span(clause: Clause) -> tuple[int, int]:
    return clause.start, clause.end


def _conditions(masked: str, sentence: Sentence) -> range:
    """对营收增长、首次上榜的，给予奖励: the clauses from 对 to 的 say in which case."""
    clauses = sentence.clauses
    last = next((n for n in range(len(clauses) - 2, -1, -1) if masked[clauses[n].end - 1] == "的"), None)
    if last is None:
        return range(0)
    first = next((n for n in range(last, -1, -1) if masked[clauses[n].start] in "对凡涉"), None)
    return range(0) if first is None else range(first, last + 1)


class _Reader:
    """Clauses in turn; what one says holds for the bare ones after it."""

    def __init__(self, masked: str, is_directive: bool, mode: str, *, is_promised: bool = False) -> None:
        self.masked, self.is_directive = masked, is_directive
        self.is_ruling = False  # 经营者应当…，不得…: of the duties of others
        self.is_promised = is_promised  # the list is announced as the speaker's own work
        self.found: list[Found] = []
        self.has_will = self.says_must = self.is_past = False
        self.mode = mode  # open, exhorting, closed
        self.pending: Reading | None = None  # an adverbial or an agent that waits for its act
        self.agent: Reading | None = None
        self.tail: list[Reading] = []
        self.clauses = 0

    def take(self, reading: Reading) -> None:
        self.clauses += 1
        if self._is_still_invited(reading):
            self.found[-1] = replace(self.found[-1], end=reading.end)
            return
        self.has_will = self.has_will or reading.is_bound
        self.says_must = self.says_must or reading.is_exhorting
        if reading.is_bound and not (reading.is_plain and self.mode == "closed"):
            self.mode = "open"
        elif reading.is_exhorting and not self.is_ruling:
            self.mode = "open" if self._binds(reading) else "exhorting"
        handler = {
            "act": self._act,
            "invitation": self._act,
            "quantified": self._quantified,
            "agent": self._wait_for_act,
            "adverbial": self._adverbial,
            "past": self._close,
            "state": self._state,
            "duty": self._duty,
            "stance": self._stance,
            "event": self._event,
            "report": self._report,
        }.get(reading.kind)
        if handler:
            handler(reading)

    def _binds(self, must: Reading) -> bool:
        """“Must” in a directive, or without a subject in a list of the speaker's own work."""
        return self.is_directive or self.is_promised and not must.has_speaker

    def _stance(self, reading: Reading) -> None:
        self.pending = None
        if reading.verb in OPINIONS:
            self.mode = "closed"

    def _event(self, reading: Reading) -> None:
        """商定…，首次会议于年内举行: told of a meeting to come where the sentence says a will."""
        if self.has_will and self.mode == "open":
            self._add(reading, "event")

    def _report(self, reading: Reading) -> None:
        self.clauses -= 1
        if not self.is_directive:
            self.mode = "closed"

    def _close(self, reading: Reading) -> None:
        self.mode, self.pending, self.is_past = "closed", None, True

    def _state(self, reading: Reading) -> None:
        """A subject with its predicate: what follows without a will tells of the same subject."""
        if (
            self.masked[reading.end - 1 : reading.end] in ("后", "时")
            or self.masked[reading.start : reading.start + 1] == "在"
        ):
            self.pending = reading
            return
        if self.clauses == 1 and not reading.is_bound and not reading.is_exhorting:
            self.mode = "closed" if not self.is_directive or reading.end - reading.start > 12 else self.mode
        self.pending = None

    def _duty(self, reading: Reading) -> None:
        self.mode, self.is_ruling = "closed", True

    def _wait_for_act(self, reading: Reading) -> None:
        self._flush_agent()
        self.agent = reading

    def _adverbial(self, reading: Reading) -> None:
        if self.agent:
            return
        if not reading.is_kept and not self.masked[reading.end - 1] == "后":
            self.pending = None
        elif self.pending is None:
            self.pending = reading

    def _quantified(self, reading: Reading) -> None:
        if self.mode == "closed" and (self.is_past or not self.is_directive):
            return
        follows = bool(self.found) and not self.found[-1].is_exhorting
        if self.is_directive or reading.is_bound or follows:
            self._add(reading, "quantified")

    def _act(self, reading: Reading) -> None:
        if self.mode == "closed":
            return
        self._add(reading, "invitation" if reading.kind == "invitation" else "act")

    def _is_still_invited(self, reading: Reading) -> bool:
        """欢迎航天员进入空间站，同我航天员联合飞行: the guests do both."""
        after = bool(self.found) and self.found[-1].note == "an invitation" and not reading.is_bound
        return after and self.masked[reading.start] in "同与"

    def _flush_agent(self) -> None:
        """支持企业 with no act of theirs after it is an act itself."""
        agent, self.agent = self.agent, None
        if agent:
            self._add(agent, "agent")

    def _add(self, reading: Reading, reason: str) -> None:
        if self.agent and reading.verb in AGENT_VERBS:
            self._flush_agent()
        start = reading.start
        if self.agent:
            start, reason = self.agent.start, "act of an agent"
        elif self.pending and not (reading.has_speaker and self._is_background(self.pending)):
            start = self.pending.start
        self.pending = self.agent = None
        exhorting = self.mode == "exhorting" or reading.is_exhorting and not self._binds(reading)
        if not exhorting or NAMED_OBJECT.search(self.masked, reading.start, reading.end):
            self.found.append(self._found(reading, start, reason, exhorting))

    def _is_background(self, before: Reading) -> bool:
        """在…背景下，双方将…: the quote begins behind the speaker, unless a time or an amount opens the sentence."""
        return self.masked[before.start] in "在随面" and not w.TIME.match(self.masked, before.start, before.end)

    def _found(self, reading: Reading, start: int, reason: str, exhorting: bool) -> Found:
        rule = "exhortation with a named object" if exhorting else reason
        note = "an exhortation" if exhorting else "an invitation" if reason == "invitation" else ""
        return Found(
            start,
            reading.end,
            f"{rule}, will stated" if reading.is_bound and not exhorting else rule,
            0.5 if exhorting else 0.95 if reading.is_bound else 0.8,
            self.masked[reading.verb_at : reading.verb_at + len(reading.verb)] if reading.verb else "",
            is_doubtful=bool(note),
            note=note,
            is_bound=reading.is_bound,
            is_exhorting=exhorting,
            says_must=reading.is_exhorting,
            is_firm=reading.verb in w.CONCRETE or bool(NAMED_OBJECT.search(self.masked, reading.start, reading.end)),
            says_will=self.has_will,
        )

    def finish(self) -> list[Found]:
        self._flush_agent()
        self._end_at_effect()
        kept = [each for number, each in enumerate(self.found) if not number or not self._is_aside(each)]
        while len(kept) > 1 and self._is_effect(kept[-1], first_from_end=len(kept) == len(self.found)):
            kept.pop()
        return [self._weighed(each, number, len(kept)) for number, each in enumerate(kept)]

    def _end_at_effect(self) -> None:
        """携手推进…，打造…: what follows a joint hope is hoped for too."""
        for number, each in enumerate(self.found):
            if number and not each.is_bound and JOINT_HOPE.match(self.masked, each.start, each.end):
                later = [other for other in self.found[number:] if other.is_bound]
                self.found[number:] = later
                return

    def _is_aside(self, found: Found) -> bool:
        """An effect in mid-sentence."""
        text = self.masked[found.start : found.end]
        if JOINT_EFFECT.match(text) and not found.is_bound and not w.NAMED.search(text):
            return True
        if found.verb == "推动" and "成为" in text or ENSURED.match(text):
            return True
        if EMPHATIC.match(text) and found.verb in RAISING and w.ABSTRACT_END.search(text) and not w.NAMED.search(text):
            return not found.is_bound
        if self.says_must:
            return False
        return found.verb in ASIDE and not found.is_bound and bool(ASIDE_END.search(text)) and not w.NAMED.search(text)

    def _is_effect(self, found: Found, *, first_from_end: bool) -> bool:
        verb, text = found.verb, self.masked[found.start : found.end]
        if ENSURED.match(text) and not found.is_bound or BRINGS_ABOUT.match(text) and not w.NAMED.search(text):
            return True
        if EMPHATIC.match(text) and verb not in w.CONCRETE and not w.NAMED.search(text) and not found.is_bound:
            return True
        if (
            found.is_bound
            or FINISHED.search(text)
            or FIRMLY.search(text)
            or verb not in w.EFFECT
            or w.NAMED.search(text)
            or found.reason == "act of an agent"
        ):
            return False
        if verb in ("推动", "促进") and BENEFIT.search(text):
            return True
        if verb in ("防止", "避免"):
            return True
        if verb in SOFT_TAIL:
            return (
                verb == "形成" or not w.DEVERBAL_END.search(text)
                if first_from_end or verb in ("实现", "确保")
                else bool(w.ABSTRACT_END.search(text))
            )
        if verb == "加快":
            return bool(HASTE.search(text))
        if verb in ("打造", "构建"):
            return bool(GRAND.search(text))
        if verb == "支持" and self.is_directive:
            return False
        return verb in NEEDS_ABSTRACT and bool(w.ABSTRACT_END.search(text)) and not w.DEVERBAL_END.search(text)

    def _weighed(self, found: Found, number: int, count: int) -> Found:
        text = self.masked[found.start : found.end]
        is_vague = len(text) <= 11 and VAGUE_END.search(text) and not w.NAMED.search(text)
        if is_vague and not found.is_doubtful:
            return replace(found, is_doubtful=True, score=round(found.score - 0.25, 2), note="general")
        return found


def _split(masked: str, found: Found) -> Iterator[Found]:
    if not found.verb or found.reason == "invitation":
        yield found
        return
    at = masked.find(found.verb, found.start, found.end) + len(found.verb)
    pieces = splits_zh.items(masked, at, found.end, masked[found.start : at])
    if found.verb in AGENT_VERBS and not splits_zh.are_things(masked, pieces):
        pieces = pieces[:1]
    is_gift = len(pieces) == 1 and found.verb == "提供"
    if is_gift:
        pieces = splits_zh.are_gifts(masked, at, found.end)
    if len(pieces) < 2:
        yield found
        return
    yield replace(found, end=pieces[0][1], reason=f"{found.reason}, first of a list")
    governor = masked[found.start : at]
    for first, last in pieces[1:]:
        yield replace(
            found,
            start=first,
            end=last,
            reason=f"{found.reason}, item of a list",
            score=round(found.score - 0.1, 2),
            governor=governor,
            is_doubtful=found.is_doubtful or is_gift,
        )
