"""The words of the register: what each noun and each word of a vocabulary means, in every language, written once."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.choices import (
    BAND_OF,
    NOT_ASSESSABLE_LABELS,
    STATUS_GLOSSES,
    Band,
    Bearing,
    CheckOutcome,
    Confidence,
    EvidenceKind,
    Kind,
    Momentum,
    PartyRole,
    PassageRole,
    Status,
    StatusBasis,
    Target,
    Verifiability,
    Vocabulary,
    Voice,
)
from commitments.languages import active, choose, html_lang, suffix
from commitments.rules.sentences import listed

Versions = dict[str, str]


class Noun(NamedTuple):
    names: Versions
    meaning: Versions


NOUNS: tuple[Noun, ...] = (
    Noun(
        {"zh": "来源文件", "en": "Source"},
        {"zh": "载有承诺的文本。", "en": "A text that contains commitments."},
    ),
    Noun(
        {"zh": "原文摘录", "en": "Source passage"},
        {
            "zh": "来源文件中的一段原话，位置精确到字。",
            "en": "The exact words of a source, located to the character.",
        },
    ),
    Noun(
        {"zh": "承诺事项（列表中称事项）", "en": "Commitment"},
        {
            "zh": "本站跟踪的一项内容。编号永不更改，也不再用于别的事项。",
            "en": "Anything tracked here. Its code never changes and is never used again.",
        },
    ),
    Noun(
        {"zh": "评估口径", "en": "What would count"},
        {
            "zh": "一句话，只依据承诺的措辞，说明怎样才算做到。",
            "en": "One sentence, from the wording alone, on what would count as done.",
        },
    ),
    Noun(
        {"zh": "评估", "en": "Assessment"},
        {
            "zh": "对一项承诺的有日期的判断：状态、动向、把握程度、依据和证据。发布后不再改动。",
            "en": "A dated judgement: status, movement, confidence, rationale, evidence. Fixed once published.",
        },
    ),
    Noun(
        {"zh": "评估依据", "en": "Rationale"},
        {"zh": "作出这一判断的理由。", "en": "The reason for the judgement."},
    ),
    Noun(
        {"zh": "证据", "en": "Evidence"},
        {
            "zh": "一个网页或文件，有永久编号（E001 等），附本站的摘要。",
            "en": "A page or file with a permanent code such as E001 and a summary of ours.",
        },
    ),
    Noun(
        {"zh": "发布方", "en": "Publisher"},
        {
            "zh": "发布证据的机构。同一来源的发布方只算一个来源。",
            "en": "Who published the evidence. Publishers of the same origin count as one source.",
        },
    ),
    Noun(
        {"zh": "核查记录", "en": "Check"},
        {
            "zh": "何时、在何处查找过，结果如何。评估本身不算核查。",
            "en": "When and where someone looked, and what came of it. An assessment is not a check.",
        },
    ),
    Noun(
        {"zh": "最近核查", "en": "Last checked"},
        {"zh": "最近一次核查的日期。", "en": "The day of the latest check."},
    ),
    Noun(
        {"zh": "备注", "en": "Note"},
        {"zh": "写在一项承诺上的有日期的说明。", "en": "A dated remark on a commitment."},
    ),
    Noun(
        {"zh": "相关方", "en": "Party"},
        {
            "zh": "在一项承诺中担任某种角色的国家或机构。",
            "en": "A country or body with a role in a commitment.",
        },
    ),
    Noun(
        {"zh": "领域", "en": "Theme"},
        {"zh": "一项承诺所属的政策领域。", "en": "The field of policy of a commitment."},
    ),
    Noun(
        {"zh": "发布版", "en": "Edition"},
        {
            "zh": "某一天的全部登记内容，编号发布，此后不再改动。",
            "en": "The whole register as it stood on one day, released under a number; it never changes.",
        },
    ),
)

# By vocabulary, since two of them may share a code and equal codes are equal keys.
MEANINGS: dict[type[Vocabulary], dict[Vocabulary, Versions]] = {
    Kind: {
        Kind.PRINCIPLE: {"zh": "总的立场，不涉及具体行动。", "en": "A general stance without a specific act."},
        Kind.PROPOSAL: {
            "zh": "一组举措的总题目；状态由其举措推算。",
            "en": "The heading of a group of measures, from which its status is computed.",
        },
        Kind.MEASURE: {"zh": "一项要做的事；总数只计举措。", "en": "A thing to be done; the totals count measures."},
        Kind.COMPONENT: {
            "zh": "一项举措中可单独查看的部分。",
            "en": "A part of a measure that can be looked at alone.",
        },
        Kind.OUTCOME: {"zh": "各方共同商定的事项。", "en": "Something that all parties agreed on."},
        Kind.PRESS: {"zh": "在会见记者时说出的承诺。", "en": "A commitment stated before the press."},
    },
    Target: {
        Target.ONE_OFF: {"zh": "做成一次即算完成。", "en": "Done once, it is done."},
        Target.CONTINUING: {"zh": "要一直做下去。", "en": "To be kept up."},
        Target.QUANTIFIED: {"zh": "要达到一个数目。", "en": "To reach a number."},
    },
    PassageRole: {
        PassageRole.PRIMARY: {
            "zh": "事项据以登记的原话。",
            "en": "The words from which the commitment was registered.",
        },
        PassageRole.RESTATED: {"zh": "后来又说了一次的地方。", "en": "A place where it was said again."},
    },
    StatusBasis: {
        StatusBasis.ASSESSED: {"zh": "有人作出了判断。", "en": "Somebody judged it."},
        StatusBasis.COMPUTED: {"zh": "由所属举措的状态推算。", "en": "It follows from the statuses of the measures."},
    },
    Momentum: {
        Momentum.OVERDUE: {"zh": "原定时间已过，事项尚未做成。", "en": "Its date has passed and it is not done."},
        Momentum.ADVANCING: {"zh": "有新的步骤或成果。", "en": "There is a new step or result."},
        Momentum.STALLED: {
            "zh": "有来源显示延误、中断，或措辞一直未变。",
            "en": "A source shows delay, interruption or unchanged wording.",
        },
        Momentum.REVERSING: {"zh": "主要指标下降。", "en": "The main indicator declines."},
        Momentum.QUIET: {
            "zh": "近期有人查找过，没有发现更新的情况。",
            "en": "Somebody looked lately and found nothing newer.",
        },
        Momentum.UNCHECKED: {"zh": "近期没有人再查找。", "en": "Nobody has looked again lately."},
    },
    Confidence: {
        Confidence.HIGH: {
            "zh": "证据直接、有日期，相互一致。",
            "en": "The evidence is direct, dated and consistent.",
        },
        Confidence.MEDIUM: {
            "zh": "证据支持这一判断，但有缺口，例如来源单一。",
            "en": "The evidence supports the judgement with gaps, for example from one side only.",
        },
        Confidence.LOW: {
            "zh": "证据少、间接或不一致；新的证据可能改变判断。",
            "en": "The evidence is thin, indirect or conflicting; new evidence may change the judgement.",
        },
    },
    Verifiability: {
        Verifiability.VERIFIABLE: {
            "zh": "公开材料能够显示是否做到。",
            "en": "Public sources can show whether it was done.",
        },
        Verifiability.PARTLY: {"zh": "只有一部分能由公开材料显示。", "en": "Public sources can show a part of it."},
        Verifiability.NOT_VERIFIABLE: {
            "zh": "措辞没有给出可供查对的内容；不作评估。",
            "en": "The wording gives nothing that could be checked; it is not assessed.",
        },
    },
    EvidenceKind: {
        EvidenceKind.OFFICIAL: {"zh": "由国家机关自己发布。", "en": "Published by a state body itself."},
        EvidenceKind.MEDIA: {"zh": "新闻报道，包括官方媒体。", "en": "News reports, state media included."},
        EvidenceKind.ACADEMIC: {"zh": "论文和研究报告。", "en": "Papers and research reports."},
        EvidenceKind.DATASET: {"zh": "统计数据或数据库。", "en": "Statistics or a database."},
        EvidenceKind.OTHER: {"zh": "以上都不是，例如企业网页。", "en": "None of these, for example a company's page."},
    },
    Bearing: {
        Bearing.COMPLETION: {
            "zh": "说明所承诺的内容已经交付。",
            "en": "It says that what was committed to is delivered.",
        },
        Bearing.PROGRESS: {"zh": "说明已迈出一步。", "en": "It says that a step was taken."},
        Bearing.STALL: {
            "zh": "说明延误、中断或没有变化。",
            "en": "It says that there is delay, interruption or no change.",
        },
        Bearing.CONTRADICTION: {"zh": "与其他证据不一致。", "en": "It does not agree with other evidence."},
        Bearing.CONTEXT: {
            "zh": "有关，但不足以判断，不计入门槛。",
            "en": "Related, not sufficient; it does not count towards a status.",
        },
    },
    Voice: {
        Voice.PROMISING_SIDE: {
            "zh": "作出承诺一方的政府或官方媒体。",
            "en": "Government or state media of the side that made the commitment.",
        },
        Voice.PARTNER_SIDE: {
            "zh": "合作方的政府或官方媒体。",
            "en": "Government or state media of a partner.",
        },
        Voice.INTERNATIONAL_BODY: {
            "zh": "国际组织或开发银行。",
            "en": "An international organisation or development bank.",
        },
        Voice.INDEPENDENT_MEDIA: {"zh": "不属于任何一方的媒体。", "en": "Media that belong to neither side."},
        Voice.RESEARCH: {"zh": "大学、研究机构或智库。", "en": "A university, institute or think tank."},
        Voice.COMPANY: {"zh": "企业自己的发布。", "en": "A company's own publication."},
        Voice.UNCLEAR: {"zh": "看不出代表哪一方。", "en": "It is not clear for whom it speaks."},
    },
    PartyRole: {
        PartyRole.PROPOSER: {"zh": "提出承诺的一方。", "en": "The party that put the commitment forward."},
        PartyRole.PARTNER: {"zh": "承诺所指向的合作方。", "en": "The party with which it is to be carried out."},
        PartyRole.HOST: {"zh": "主办会议或设立机构的一方。", "en": "The party that hosts the meeting or body."},
        PartyRole.LEAD: {"zh": "负责牵头落实的单位。", "en": "The body that leads the work."},
    },
    CheckOutcome: {
        CheckOutcome.NOTHING: {"zh": "查找过，没有直接材料。", "en": "Looked for, nothing direct found."},
        CheckOutcome.NOTHING_NEW: {
            "zh": "查找过，没有比已知更新的情况。",
            "en": "Looked for, nothing newer than what is known.",
        },
        CheckOutcome.SOMETHING: {"zh": "查找过，有新情况。", "en": "Looked for, and something was found."},
    },
}

# In the order of the glossary, each with the name of the group.
VOCABULARIES: tuple[tuple[type[Vocabulary], str | Promise], ...] = (
    (Kind, _("Kind")),
    (Target, _("Type of target")),
    (PassageRole, _("Source passage")),
    (Status, _("Status")),
    (StatusBasis, _("What the status rests on")),
    (Band, _("Band")),
    (Momentum, _("Recent movement")),
    (Confidence, _("Confidence")),
    (Verifiability, _("Verifiability")),
    (EvidenceKind, _("Kind of evidence")),
    (Bearing, _("How evidence bears")),
    (Voice, _("Voice of a publisher")),
    (PartyRole, _("Role of a party")),
    (CheckOutcome, _("What a check found")),
)


class Entry(NamedTuple):
    """A word in the reader's language, in the others as (lang, word), and what it means."""

    word: str
    others: list[tuple[str, str]]
    meaning: str


class Group(NamedTuple):
    name: str
    entries: list[Entry]


def meaning(word: Vocabulary) -> str:
    """Statuses have their gloss and bands their statuses; every other word has a sentence of its own."""
    if isinstance(word, Status):
        return choose(STATUS_GLOSSES[word]).text
    if isinstance(word, Band):
        return listed(status.label for status in Status if BAND_OF[status] == word)
    return choose(MEANINGS[type(word)][word]).text


def groups() -> list[Group]:
    nouns = Group(str(_("Words")), [_entry(noun.names, choose(noun.meaning).text) for noun in NOUNS])
    return [nouns, *(Group(str(name), list(_words(vocabulary))) for vocabulary, name in VOCABULARIES)]


def _words(vocabulary: type[Vocabulary]) -> Iterator[Entry]:
    for word in vocabulary:
        yield _entry(word.labels, meaning(word))
        if word is Status.NOT_ASSESSED:
            yield _entry(NOT_ASSESSABLE_LABELS, meaning(Verifiability.NOT_VERIFIABLE))


def _entry(names: Versions, said: str) -> Entry:
    others = [code for code, _name in settings.LANGUAGES if suffix(code) != suffix(active())]
    return Entry(
        choose(names).text, [(html_lang(code), names[suffix(code)]) for code in others if suffix(code) in names], said
    )
