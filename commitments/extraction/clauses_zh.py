"""One Chinese clause -> how it reads: an act, a means, a past result, a stance, an exhortation, a state of things."""

import re
from dataclasses import dataclass, replace

from commitments.extraction import words_zh as w
from commitments.extraction.verbs_zh import (
    ADVERB,
    ADVERB_RUN,
    NOMINAL,
    NOT_VERBS,
    VERB_WITHIN,
    VERBS,
    first_verb,
    verb_at,
)
from commitments.text.segment import part_of_speech

STANCE = re.compile("(?:" + w.choice(w.STANCE) + ")")
REPORT = re.compile(
    r"(?:会议|大会|通知|双方|各方|他们|他|她|我|两国元首|领导人|[\u4e00-\u9fff]{2,9})?(?:最后|首先|还|并"
    r"|一致|共同)*(?:强调|指出|表示|认为|宣布|说|呼吁|主张)$"
    r"|(?:会议|大会|通知|全会)(?:还|并)?(?:要求|提出|明确|决定)$|.{0,20}(?:如下|以下[^，]{1,8}|包括|建议)$"
)
RESULT = re.compile(
    r"[^，]{0,20}?(?:控制在|稳定在|保持在|不超过|不低于|不少于)[^，\d]{0,4}\d|[^，]{2,30}应[\u4e00-\u9fff]尽[\u4e00-\u9fff]$|[^，]{2,30}清零$|[^，]{2,30}(?:竣工|投用|通车|投产|投入使用)$|"
    r"(?:达到|超过|突破|提高到|提升到|提升至|提高至|增加到|扩大到|增长|增至|达|保持在|控制在|降至|降到"
    r"|下降|降低|不低于|不少于|不超过|高于|低于|新增|实现|完成|覆盖|建成|占)?"
    r"[^，]{0,12}?(?:\d[\d.,]*\s*(?:%|％|个百分点|万|亿|千|百|家|个|项|人|元|公里|吨|所|座|条|次|天|名|张"
    r"|套|台|辆|亩|平方|小时|倍|岁|立方|户|件|种|批|门|款|床)"
    r"|[一二三四五六七八九十百千两]+(?:成|倍|个百分点)|全覆盖|百分之[一二三四五六七八九十百]+)"
)
OTHER_WILL = re.compile(r"([^，]{2,24}?)(?:还|也|均|都|也都)?将(?!军|来|近|领|士|于\d)(?:会|要|继续)?")
OTHER_MUST = re.compile(
    r"([^，（]{1,20}?(?:（□*）)?)(?<![主重需只紧将])(?:还|也|都|均)?(?:要(?![素求点闻件务])|应当|应该|应(?![用对急])|必须|须)(?!的)"
)
ORGAN_END = re.compile(
    r"(?:基金|银行|公司|集团|政府|部门|财政|委员会|中心|协会|机构|机关|大学|局|部|委|厅|会|省|市|区|县)$"
)
AGENT_NOUN = re.compile(
    r"企业|机构|单位|高校|院校|院所|主体|地区|部门|区县|乡镇|街道|社区|资本|力量|组织|银行|公司|学校|医院"
    r"|协会|团队|平台|农户|商户"
)
BECOMES = re.compile(
    r"(?:转型|转变|升级|改造|转化|整合|提升|建设)[为成]|成为|建成|[走融]?进(?=社区|园区|校园|企业|农村|乡村)"
)
WITH_OTHERS = re.compile(r"联合|会同|协同")
ORGAN_ACTS = re.compile(
    r"[^，的]{0,14}?(?:基金|银行|公司|集团|财政|委员会|[市省县区]政府|分局|派出所|办公室"
    r"|[市省县区][\u4e00-\u9fff]{1,8}(?:[局委厅室院处]|中心))(?:[^，的]{0,4}(?:[大支中总]队|分局|办公室))?"
)
EACH_ACTS = re.compile(
    r"每个?[\u4e00-\u9fff]{1,8}(?=至少|都要|均)|各(?:城市|地区?|级[^，]{0,6}?部门|区县?|县区?|部门|单位|省份?|市|镇|学校|乡镇|街道)"
)
OWN_HOUSE = re.compile(
    r"(?:各|有关|相关|市|省|县|区|国务院|街道|乡镇|牵头|责任)[^，]{0,16}(?:（□*）)?$"
    r"|[^，]{1,14}(?:部|委|局|厅|办|署|委员会|办公室|政府|机关|部门|地区|地方|同志|负责人|干部)$"
)  # whom a directive orders: its own
AGENDA = re.compile(
    r"(?:始终|一直|真正|坚持)*(?:把|将).{1,40}?(?:摆上|摆在|放在|列入|提上).{0,8}(?:位置|日程|首位|心上|心中)"
)
# 将服务纳入清单: 将 takes an object there, and is no will.
BA = re.compile(
    r"[将把][^，]{2,60}?(?:(?:改造|改建|建设|打造|培育)[为成]|纳入|列入|列为|作为|报送|报(?!告)|提交|转化为|转为|变为|[提扩降升][高大低至]?[到至]|延长|缩短"
    r"|贯穿|融入|分解|交由|上升为|移交|划转|下放)"
)
PASSIVE = re.compile(r"[^，]{2,30}?(纳入|列入)(?!了)")
SUBJECT_AND_TIME = re.compile(
    r"[^，\d]{2,16}?(?:于|在|自)(?:每[^，]{1,12}|\d{2,4}年[^，]{0,12}?|\d{1,2}月[^，]{0,8}?)(?:前|起|内|底|末|期间)"
)
WELCOMED = re.compile(
    r"欢迎[^，]*的[^，的]{0,8}(?:倡议|建议|进展|成果|努力|决定|声明|报告|贡献|作用|宣言|成就)$|欢迎(?:签署|达成|通过|发表|举行|召开|启动|成立|完成)"
    r"|欢迎[^，]*(?:完成|达成|签署|生效|召开|举行)$"
)
FREQUENT = re.compile(r"[^，\d]{0,12}每(?:周|月|年|季度|半月|半年|两年|学期)[^，]{2,10}[一两\d]次$")
CAPPED = re.compile(r"最高(?:不超过|为)|上限|封顶")
EVENT_END = re.compile(r"(?:举行|召开|举办|生效|启动|开工|投用|开通|通车)$")
PLACE = re.compile(r"在[^，]{2,40}?(?:中|上|内|方面|领域)|向[^，]{2,14}?(?=报告|汇报|反馈)")
# For whom, then a verb that elsewhere may be a noun: 为学校建设食堂.
SERVED = re.compile(r"[为给向][^，]{2,24}?(" + w.choice(NOMINAL) + r")(?=[^，的、]{2})")
OWN_ACTS = re.compile(r"[^，的\d]{2,24}?(?:带头|率先|(?:每年|每月|每周|每季度|每半年|每学期|定期)(?![^，]{0,4}$))")
PLEASED = re.compile(r"[^，]*(?:感到|表示)(?:满意|高兴|赞赏|欢迎|感谢|关切|祝贺|敬意)$")
AT_THE_END = frozenset(
    (
        "排查 整治 问责 检查 监测 整改 追责 约谈 修复 改造 奖励 补助 补贴 减免 销号 通报 清理 取缔 关停 开放 倾斜 "
        "曝光 施策"
    ).split()
)
EACH_OTHER = re.compile(r"[^，]{0,4}在[^，]{2,30}上(?:继续|坚定|始终|给予)*(?:相互|互相|彼此)[^，]{0,4}支持$")
CREED = re.compile(r"(?:倡导|提倡|崇尚)[^，]*(?:主义|理念|价值|精神|[观道])$")
STAUNCH = re.compile(
    r"(?:始终|一贯|历来|继续|将|一如既往)*(?:坚定|坚决|坚定不移)地?(?:支持|维护|反对)(?!.{0,12}(?:建设|项目))"
)
RULED = re.compile(r"[^，]{2,20}(?<!一律)不得")  # 旅行社不得…: a rule for those whom it concerns
FIELD = re.compile(r"(?:建设|工作|主要|实施|具体|重点)(?:内容|地点|规模|目标|任务|事项)")  # 建设内容：


@dataclass(frozen=True)
class Reading:
    kind: str  # act, quantified, agent, adverbial, effect, invitation, stance, exhortation, duty, past, report, state
    start: int  # where a quote would begin
    end: int
    verb: str = ""
    verb_at: int = 0
    is_bound: bool = False  # the speaker says will, is willing to, decides
    is_exhorting: bool = False  # “we must”, which binds in a directive only
    is_kept: bool = True  # an adverbial that stays with the act that follows
    has_speaker: bool = False
    is_plain: bool = False  # a speaker without a will: “our city added” as well as “China supports”


def read_clause(masked: str, start: int, end: int) -> Reading:
    place = start
    if masked.startswith("其中", start) or FIELD.fullmatch(masked, start, end):
        return Reading("report", start, end)
    if RULED.match(masked, start, end):
        return Reading("duty", start, end)
    if lead := w.LEAD.match(masked, place, end):
        place = lead.end()
    if place >= end:
        return Reading("report", start, end)
    if REPORT.fullmatch(masked, place, min(end, place + 30)) and end - place <= 30 and not w.MODAL.match(masked, place):
        return Reading("report", place, end)
    if past := _past(masked, place, end):
        return past
    if masked[end - 1] == "的" and end - place > 5 or SUBJECT_AND_TIME.fullmatch(masked, place, end):
        return Reading("adverbial", place, end)  # when, or on which condition
    if w.FORECAST.search(masked, place, end):
        return Reading("state", place, end)
    return _after_subject(masked, place, end)


def _past(masked: str, start: int, end: int) -> Reading | None:
    if not w.PAST.search(masked, start, end):
        return None
    if w.ADVERBIAL_END.search(masked, start, end):
        return Reading("adverbial", start, end, is_kept=False)
    return Reading("past", start, end)


def _after_subject(masked: str, start: int, end: int) -> Reading:
    place, has_speaker = start, False
    if speaker := w.SPEAKER.match(masked, start, end):
        place, has_speaker = speaker.end(), True
    if time := w.TIME.match(masked, place, end):
        after = time.end()
        if after < end and (exhorting := w.EXHORT.match(masked, after, end)) and exhorting.end() < end:
            return replace(_marked(masked, exhorting.end(), end, has_speaker, is_exhorting=True), start=place)
        if after < end and (modal := w.MODAL.match(masked, after, end)) and has_speaker:
            return _marked(masked, modal.end(), end, has_speaker, is_bound=True)
    if modal := w.MODAL.match(masked, place, end):
        if modal.end() < end and (has_speaker or not _is_ba(masked, modal, end)):
            return _marked(masked, modal.end(), end, has_speaker, is_bound=True)
    if exhorting := w.EXHORT.match(masked, place, end):
        return _marked(masked, exhorting.end(), end, has_speaker, is_exhorting=True)
    if masked[end - 1] in "后时" and masked[end - 2] != "小" and w.ADVERBIAL_END.search(masked, start, end):
        return Reading("adverbial", start, end)
    if has_speaker:
        return replace(_marked(masked, place, end, True, is_bound=True), is_plain=True)
    return _with_other_subject(masked, place, end) or _predicate(masked, place, end)


def _is_ba(masked: str, modal: re.Match[str], end: int) -> bool:
    """将 before a noun is no will: 将养老服务纳入规划."""
    if modal.group() == "将" and BA.match(masked, modal.start(), end) and not ADVERB.match(masked, modal.end(), end):
        return True
    if w.MODAL.match(masked, modal.end(), end):
        return False
    if modal.group() != "将" or masked[modal.end()] in "在同与为向于对从以把作":
        return False
    return verb_at(masked, modal.end(), end) is None


def _marked(
    masked: str, start: int, end: int, has_speaker: bool, *, is_bound: bool = False, is_exhorting: bool = False
) -> Reading:
    found = _predicate(masked, start, end)
    if found.kind == "state" and is_bound:
        found = _verb_later(masked, start, end) or _event(masked, start, end) or found
    if found.kind == "effect" and masked.startswith("更好", start):  # 要更好统筹: how, not what for
        found = replace(_predicate(masked, start + 2, end), start=start)
    if found.kind == "effect" and is_bound and masked.startswith(("助力", "为"), start):
        found = Reading("act", start, end)
    if masked.startswith("作为", start) and is_bound:
        found = Reading("act", start, end, "作为", start)
    if is_exhorting and (again := w.MODAL.match(masked, start, end)) and again.end() < end and again.group() != "将":
        found = _predicate(masked, again.end(), end)
    return replace(found, is_bound=is_bound, is_exhorting=is_exhorting, has_speaker=has_speaker)


def _with_other_subject(masked: str, start: int, end: int) -> Reading | None:
    """Somebody else will: the subject stays in the quote. Somebody else must: a duty of a third party."""
    must = OTHER_MUST.match(masked, start, end)
    is_own = bool(must and OWN_HOUSE.match(masked, start, must.end(1)))
    if not is_own and (verb_at(masked, start, end) or w.PREPOSITION.match(masked, start, end)):
        return None
    if must and must.end() < end:
        if is_own or not VERB_WITHIN.search(masked, start, must.end(1)):
            found = _predicate(masked, must.end(), end)
            return replace(found, kind=found.kind if is_own else "duty", is_exhorting=True)
    if (will := OTHER_WILL.match(masked, start, end)) and will.end() < end:
        is_subject = ORGAN_END.search(masked, start, will.end(1)) or not VERB_WITHIN.search(masked, start, will.end(1))
        if is_subject and (at := _verb_or_preposition(masked, will.end(), end)):
            return Reading("act", start, end, at[0], at[1], is_bound=True)
    if (each := EACH_ACTS.match(masked, start, end)) and (at := verb_at(masked, each.end(), end)):
        return Reading("act", start, end, *at)
    if (own := OWN_ACTS.match(masked, start, end)) and (at := verb_at(masked, own.end(), end)):
        return Reading("act", start, end, *at)
    if organ := ORGAN_ACTS.match(masked, start, end):
        time = w.TIME.match(masked, organ.end(), end)
        if at := _verb_or_preposition(masked, time.end() if time else organ.end(), end):
            return Reading("act", start, end, *at)
    return None


def _verb_or_preposition(masked: str, start: int, end: int) -> tuple[str, int] | None:
    if verb := verb_at(masked, start, end):
        return verb
    if w.PREPOSITION.match(masked, start, end) or masked.startswith(("于", "作为", "持续"), start):
        return first_verb(masked, start + 1, end)
    return None


def _predicate(masked: str, start: int, end: int) -> Reading:
    place = start
    if (time := w.TIME.match(masked, place, end)) and time.end() > place:
        place = time.end()
        if again := w.TIME.match(masked, place, end):
            place = again.end()
        if place >= end:
            return Reading("adverbial", start, end)
        if exhorting := w.EXHORT.match(masked, place, end):
            return replace(_predicate(masked, exhorting.end(), end), is_exhorting=True)
        if (by_then := _predicate(masked, place, end)).kind == "state" and (later := first_verb(masked, place, end)):
            return Reading("act", start, end, *later) if later[0] in w.CONCRETE else by_then
    if effect := _effect(masked, place, end):
        return effect
    if agent := _agent(masked, place, end):
        return replace(agent, start=start)
    if found := verb_at(masked, place, end):
        return _act(masked, start, end, *found)
    return replace(_without_verb(masked, place, end), start=start)


def _without_verb(masked: str, start: int, end: int) -> Reading:
    """No verb opens the clause: a passive, a result in figures, or what a preposition leads to."""
    if masked.startswith(("基础上", "前提下", "框架下"), end - 3) or masked.startswith("同时", end - 2):
        return Reading("adverbial", start, end, is_kept=False)
    if passive := PASSIVE.match(masked, start, end):
        return Reading("act", start, end, passive.group(1), passive.start(1))
    if EVENT_END.search(masked, start, end) and "于" in masked[start:end]:
        return Reading("event", start, end)
    if FREQUENT.match(masked, start, end):
        return Reading("act", start, end)
    if CAPPED.search(masked, start, end):
        return Reading("state", start, end)
    if RESULT.search(masked, start, end) and not w.PREPOSITION.match(masked, start, end):
        return Reading("quantified", start, end)
    return _prepositional(masked, start, end)


def _effect(masked: str, start: int, end: int) -> Reading | None:
    if any(each.match(masked, start, end) for each in (AGENDA, EACH_OTHER, CREED, PLEASED)):
        return Reading("stance", start, end)
    if (
        w.ALWAYS_EFFECT.match(masked, start, end)
        or w.BY_WAY_OF.match(masked, start, end)
        or w.FOR_SOMEBODY.match(masked, start, end)
    ):
        return Reading("effect", start, end)
    return None


def _act(masked: str, start: int, end: int, verb: str, at: int) -> Reading:
    if masked.startswith("方面", end - 2):
        return Reading("adverbial", start, end, is_kept=False)  # 服务业方面: what it is about
    if verb in ("聚焦", "紧扣") and (later := first_verb(masked, at + 4, end)):
        return Reading("act", start, end, *later)
    if STANCE.match(masked, at, end) or STAUNCH.match(masked, start, end):
        return Reading("stance", start, end, verb, at)
    if WELCOMED.match(masked, at, end):
        return Reading("stance", start, end, verb, at)
    if verb in ("欢迎", "邀请", "邀"):
        return Reading("invitation", start, end, verb, at)
    if verb in ("联合", "协同") and w.AGENT_END.search(masked, at, end) and not first_verb(masked, at + 2, end):
        return Reading("adverbial", start, end, is_kept=False)
    if verb in ("对标", "瞄准", "依托", "运用", "利用", "会同", "结合", "立足", "采用", "采取"):
        later = first_verb(masked, at + len(verb) + 1, end)
        return Reading("act", start, end, *later) if later else Reading("adverbial", start, end, is_kept=False)
    if w.ADVERBIAL_END.search(masked, max(at + len(verb), end - 6), end) and verb not in w.CONCRETE:
        if masked.startswith(("前提下", "基础上", "框架下", "方式", "一道"), end - 3) or masked[end - 1] in "时后上":
            return Reading("adverbial", start, end, is_kept=False)
    return Reading("act", start, end, verb, at)


def _agent(masked: str, start: int, end: int) -> Reading | None:
    """支持企业， with the act that is supported in the next clause."""
    verb = w.AGENT_VERB.match(masked, start, end)
    if not verb or end - verb.end() > 60:
        return None
    if not w.AGENT_END.search(masked, verb.end(), end):
        return None
    if BECOMES.search(masked, verb.end(), end):
        return None
    rest = masked[verb.end() : end].rpartition("的")[2]
    rest = WITH_OTHERS.sub("", rest)
    acts_here = any(rest[noun.end() : noun.end() + 2] in VERBS for noun in AGENT_NOUN.finditer(rest))
    return None if acts_here or VERB_WITHIN.search(rest) else Reading("agent", start, end, verb.group(), start)


def _prepositional(masked: str, start: int, end: int) -> Reading:
    place = start
    if not w.PREPOSITION.match(masked, start, end) and (adverbs := ADVERB_RUN.match(masked, start, end)):
        place = adverbs.end()
    if not w.PREPOSITION.match(masked, place, end):
        return Reading(
            "adverbial" if w.ADVERBIAL_END.search(masked, start, end) else "state", start, end, is_kept=False
        )
    is_kept = bool(w.KEPT_PREPOSITION.match(masked, place, end))
    if w.ADVERBIAL_END.search(masked, place, end) and masked[place] not in "把":
        return Reading("adverbial", start, end, is_kept=is_kept)
    if later := _governing_verb(masked, place, end):
        return Reading("act", start, end, *later)
    return Reading("adverbial", start, end, is_kept=is_kept)


def _governing_verb(masked: str, start: int, end: int) -> tuple[str, int] | None:
    """The verb that a preposition leads to: 向伙伴提供贷款, but not 对接受审查的产品."""
    skip = 2 if masked.startswith(("为了", "对于"), start) else 1
    ahead = masked[start + skip : start + skip + 3]
    if masked[start] == "为" and ahead[:2] in VERBS and ahead != "发展中":
        return None  # 为推进合作: a purpose
    if masked.startswith(("围绕", "聚焦", "着眼"), start) and masked[start + 2 : start + 4] in VERBS:
        return None  # 围绕推进合作: what about
    later = first_verb(masked, start + skip + 1, end)
    if later is None:
        word = masked[end - 2 : end]
        is_act = _ends_in_act(word) if masked[start] in "对向把将" else word in w.CONCRETE - NOMINAL
        if is_act and masked[end - 3] != "的":
            return word, end - 2
        if masked[start] in "将把" and (ba := BA.match(masked, start, end)):
            return masked[ba.end() - 1], ba.end() - 1
        if inside := PLACE.match(masked, start, end):
            return verb_at(masked, inside.end(), end)
        served = SERVED.match(masked, start, end)
        return (served.group(1), served.start(1)) if served else None
    of = masked.rfind("的", later[1], end)
    if of > 0 and masked[start] == "对" and masked[end - 2 : end] in AT_THE_END:
        return masked[end - 2 : end], end - 2  # 对未完成任务的地区依法约谈
    if (
        of > 0
        and later[0] not in ("给予", "予以")
        and masked[start] in "对针以围按根依聚面基"
        and not first_verb(masked, of, end)
    ):
        return None
    return later


def _ends_in_act(word: str) -> bool:
    return word in AT_THE_END or part_of_speech(word) in ("v", "vn") and word not in NOT_VERBS


def _verb_later(masked: str, start: int, end: int) -> Reading | None:
    later = first_verb(masked, start, min(end, start + 30))
    return Reading("act", start, end, *later) if later else None


def _event(masked: str, start: int, end: int) -> Reading | None:
    """第三届会议于2027年在首都举行."""
    found = EVENT_END.search(masked, start, end)
    return Reading("act", start, end, found.group(), found.start()) if found else None
