"""The columns of the tables that come in, for the templates that are downloaded and for the reader: one declaration.

Names and headings are those of our own exports, so that an exported file is understood as it is.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from commitments.catalogue import edition_tables, records
from commitments.choices import (
    JUDGED_MOMENTA,
    STATUS_GLOSSES,
    Bearing,
    Confidence,
    EvidenceKind,
    Kind,
    Status,
    Target,
    Verifiability,
    Vocabulary,
    Voice,
)
from commitments.languages import choose
from commitments.reports.update_columns import YES

NO = {"zh": "否", "en": "no"}


class Takes(StrEnum):
    TEXT = "text"
    WORD = "word"
    DAY = "day"
    FLAG = "flag"
    LIST = "list"  # joined by |
    NUMBER = "number"


class Use(StrEnum):
    """KEY finds the row, FIXED is set once, WRITTEN may change, READ is the register's own and not read from a file."""

    KEY = "key"
    FIXED = "fixed"
    WRITTEN = "written"
    READ = "read"
    VERSION = "version"


@dataclass(frozen=True, eq=False)
class Column:
    """`str()` is its name. `words`: those that a cell takes; `also`: other headings; `is_needed` by a new row."""

    name: str
    labels: dict[str, str]
    meaning: dict[str, str] = field(default_factory=dict)
    use: Use = Use.WRITTEN
    takes: Takes = Takes.TEXT
    words: tuple[Vocabulary, ...] = ()
    is_needed: bool = False
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return choose(self.labels).text

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.name, *self.labels.values(), *self.also)

    @property
    def is_given(self) -> bool:
        """Does the register take it from the file?"""
        return self.use in (Use.WRITTEN, Use.FIXED)


@dataclass(frozen=True, eq=False)
class Sheet:
    name: str
    labels: dict[str, str]
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        return choose(self.labels).text

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def offered(self) -> tuple[Column, ...]:
        """Those of a template."""
        return tuple(column for column in self.columns if column.use != Use.READ)


def _exported(*tables: tuple[records.Field, ...]) -> dict[str, dict[str, str]]:
    return {each.name: each.labels for table in tables for each in table}


class _Columns:
    """Makes columns whose headings are those of an export, where that has them."""

    def __init__(self, *tables: tuple[records.Field, ...]) -> None:
        self.labels = _exported(*tables)

    def __call__(self, name: str, zh: str = "", en: str = "", labels: tuple[str, str] | None = None, **more) -> Column:
        """`zh` and `en` say what the column is for."""
        known = {"zh": labels[0], "en": labels[1]} if labels else self.labels[name]
        return Column(name, known, {"zh": zh, "en": en} if zh else {}, **more)

    def read(self, *names: str) -> tuple[Column, ...]:
        return tuple(Column(name, self.labels[name], use=Use.READ) for name in names)


VERSION = Column(
    "version",
    {"zh": "行版本", "en": "Row version"},
    {
        "zh": "下载时的版本，请勿改动；新行留空。其间他人改过的行不会被覆盖。",
        "en": "Leave as it is, and empty for a new row: a row that someone changed since is not overwritten.",
    },
    Use.VERSION,
    Takes.NUMBER,
)

_publisher = _Columns()
PUBLISHERS = Sheet(
    "publishers",
    {"zh": "发布方", "en": "Publishers"},
    (
        _publisher(
            "slug",
            "简短标识：小写字母、数字和连字符，保存后不变。",
            "A short name of a-z, 0-9 and hyphens; never changes.",
            ("标识", "Slug"),
            use=Use.KEY,
            is_needed=True,
            also=("id",),
        ),
        _publisher("name", "页面上显示的名称。", "As pages show it.", ("名称", "Name"), is_needed=True),
        _publisher(
            "names_as_given",
            "网页上出现过的写法，以 | 分隔。",
            "Spellings found on pages, separated by |.",
            ("页面所载名称", "Names as given on pages"),
            takes=Takes.LIST,
        ),
        _publisher(
            "origin",
            "视为同一来源的分组；同组各行填写相同文字。",
            "The group that counts as one source; the same text in each row of it.",
            ("同源分组", "Origin"),
            is_needed=True,
        ),
        _publisher(
            "voice",
            "谁在说话。",
            "Who speaks.",
            ("立场", "Voice"),
            takes=Takes.WORD,
            words=tuple(Voice),
            is_needed=True,
        ),
        _publisher("country", "两个大写字母，如 KZ。", "Two capital letters such as KZ.", ("国家", "Country")),
        _publisher("note", "可不填。", "May stay empty.", ("说明", "Note")),
        VERSION,
    ),
)

_commitment = _Columns(records.COMMITMENT)
COMMITMENTS = Sheet(
    "commitments",
    {"zh": "事项", "en": "Commitments"},
    (
        _commitment(
            "id", "来源文件与编号，如 plan-2024/4.2；保存后不变。", "Like plan-2024/4.2; never changes.", use=Use.KEY
        ),
        _commitment("document", "可代替标识：文件的短名。", "With the code it stands for the identifier.", use=Use.KEY),
        _commitment(
            "code", "可代替标识：文件内的编号。", "With the document it stands for the identifier.", use=Use.KEY
        ),
        _commitment("kind", "事项的类型。", "What it is.", takes=Takes.WORD, words=tuple(Kind), is_needed=True),
        _commitment("parent", "上级事项的标识；没有则留空。", "Identifier of what it is part of; empty for none."),
        _commitment(
            "target",
            "建议留空，其余必填。",
            "Empty for proposals, needed otherwise.",
            takes=Takes.WORD,
            words=tuple(Target),
        ),
        _commitment("title_zh", "中文标题。", "In Chinese.", is_needed=True),
        _commitment("title_en", "可不填。", "May stay empty."),
        _commitment(
            "quote",
            "来源文件中的原话，逐字相同，且只出现一次；留空则不改动。",
            "The exact words of the source, which stand there once; empty: left as it is.",
        ),
        _commitment("criterion_zh", "建议留空。", "Empty for proposals."),
        _commitment("criterion_en", "可不填。", "May stay empty."),
        _commitment("due_on", "如 2026-12-31；没有则留空。", "Like 2026-12-31; empty for none.", takes=Takes.DAY),
        _commitment("verifiability", "可不填。", "May stay empty.", takes=Takes.WORD, words=tuple(Verifiability)),
        _commitment(
            "successor",
            "接替它的事项的标识。",
            "Identifier of the commitment that replaces it.",
            ("接替事项", "Replaced by"),
        ),
        VERSION,
        *_commitment.read(*("status", "status_basis", "momentum", "confidence", "as_of", "last_checked_on")),
        *_commitment.read("rationale_zh", "rationale_en", "evidence", "url"),
    ),
)

_evidence = _Columns(edition_tables.EVIDENCE)
EVIDENCE = Sheet(
    "evidence",
    {"zh": "证据", "en": "Evidence"},
    (
        _evidence(
            "code",
            "如 E001；新证据留空即取下一个编号。",
            "Like E001; empty for a new row: the next of the series.",
            use=Use.KEY,
        ),
        _evidence("url", "网页地址；同一网页只有一行。", "Address of the page; a page has one row."),
        _evidence("title", "发布方所用标题。", "As the publisher gives it."),
        _evidence("language", "如 zh、en、ru。", "Like zh, en, ru."),
        _evidence(
            "kind",
            "材料的性质。",
            "What sort of source it is.",
            takes=Takes.WORD,
            words=tuple(EvidenceKind),
            is_needed=True,
        ),
        _evidence(
            "publisher",
            "发布方的名称或标识，须已登记。",
            "Name or slug of a publisher that the register has.",
            is_needed=True,
        ),
        _evidence("publisher_as_given", "可不填。", "May stay empty.", ("页面所载发布方", "Publisher as given")),
        _evidence(
            "published_on",
            "如 2026-11-20；未注明日期则留空。",
            "Like 2026-11-20; empty where undated.",
            takes=Takes.DAY,
        ),
        _evidence("summary_zh", "我们的中文摘要。", "Ours, in Chinese.", is_needed=True),
        _evidence("summary_en", "可不填。", "May stay empty."),
        _evidence(
            "countries", "两个大写字母，以 | 分隔。", "Two capital letters each, separated by |.", takes=Takes.LIST
        ),
        _evidence(
            "supports",
            "空白即背景。",
            "Empty: context.",
            ("总体作用", "As a whole"),
            takes=Takes.WORD,
            words=tuple(Bearing),
        ),
        _evidence("confidence", "空白即中等。", "Empty: medium.", takes=Takes.WORD, words=tuple(Confidence)),
        _evidence("is_summit_text", "是或否。", "Yes or no.", takes=Takes.FLAG),
        _evidence(
            "commitments",
            "以 | 或换行分隔，每条为事项标识加作用，如：plan-2024/4.2 显示进展。未列出的关联保持不变。",
            "Separated by | or line breaks, each an identifier and how it bears, like: plan-2024/4.2 Shows progress. "
            "Links that are not named stay.",
            ("关联事项", "Commitments it bears on"),
            words=tuple(Bearing),
        ),
        VERSION,
        *_evidence.read("origin", "voice"),
    ),
)

_assessment = _Columns(edition_tables.ASSESSMENT)
ASSESSMENTS = Sheet(
    "assessments",
    {"zh": "评估", "en": "Assessments"},
    (
        _assessment(
            "id",
            "新评估留空；草稿的标识以 draft- 加数字结尾。",
            "Empty for a new one; that of a draft ends in draft- and a number.",
            use=Use.KEY,
        ),
        _assessment("commitment", "事项标识，如 plan-2024/4.2。", "Like plan-2024/4.2.", use=Use.FIXED, is_needed=True),
        _assessment(
            "as_of",
            "状态自哪一天起成立，如 2026-11-20。",
            "From when the status holds, like 2026-11-20.",
            takes=Takes.DAY,
            is_needed=True,
        ),
        _assessment(
            "status", "编码手册中的状态。", "As in the codebook.", takes=Takes.WORD, words=tuple(Status), is_needed=True
        ),
        _assessment("momentum", "可不填。", "May stay empty.", takes=Takes.WORD, words=JUDGED_MOMENTA),
        _assessment(
            "confidence",
            "对判断有多大把握。",
            "How sure the judgement is.",
            takes=Takes.WORD,
            words=tuple(Confidence),
            is_needed=True,
        ),
        _assessment("rationale_zh", "作出判断的依据。", "Why.", is_needed=True),
        _assessment("rationale_en", "可不填。", "May stay empty."),
        _assessment(
            "evidence",
            "证据编号，以 | 分隔；尚未关联到本事项的，在后面空一格写明作用，如：E001 显示进展。",
            "Codes separated by |; where one is not linked to the commitment yet, followed by how it bears, like: "
            "E001 Shows progress.",
            words=tuple(Bearing),
        ),
        _assessment("assessed_on", "空白即上传当天。", "Empty: the day of upload.", takes=Takes.DAY),
        _assessment(
            "corrects",
            "更正已发布的评估时，填写其标识；更正以草稿进入。",
            "To correct a published one, its identifier; the correction arrives as a draft.",
            use=Use.FIXED,
        ),
        _assessment(
            "is_editorial", "更正只改文字时填“是”。", "“yes” where a correction mends words only.", takes=Takes.FLAG
        ),
        VERSION,
        *_assessment.read(*("in_force", "rule_met", "codebook_version", "published_at")),
        *_assessment.read("withdrawn_at", "withdrawn_reason_zh", "withdrawn_reason_en"),
    ),
)

# In the order in which they are written: what is named comes before what names it.
SHEETS = (PUBLISHERS, COMMITMENTS, EVIDENCE, ASSESSMENTS)


def gloss(word: Vocabulary, language: str) -> str:
    return choose(STATUS_GLOSSES[word], language).text if isinstance(word, Status) else ""


__all__ = [
    "ASSESSMENTS",
    "COMMITMENTS",
    "EVIDENCE",
    "NO",
    "PUBLISHERS",
    "SHEETS",
    "YES",
    "Column",
    "Sheet",
    "Takes",
    "Use",
    "gloss",
]
