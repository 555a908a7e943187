"""The tables of an edition: every column with its type, its words and what it means in each language."""

from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from commitments.catalogue.records import COMMITMENT, Field
from commitments.choices import (
    Bearing,
    CheckOutcome,
    Confidence,
    DocumentKind,
    EvidenceKind,
    Momentum,
    PartyRole,
    PassageRole,
    Rule,
    Status,
    Vocabulary,
    Voice,
)


class Table(NamedTuple):
    """`key` names a row for good; `refers` leads from a column to the table whose first column it names."""

    name: str
    labels: dict[str, str]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    refers: dict[str, str]


def _column(
    name: str,
    zh: str,
    en: str,
    value: str | Callable[[Any], Any] = "",
    datatype: str = "string",
    words: type[Vocabulary] | None = None,
) -> Field:
    """`value`: an attribute, by default the column's own name, or a function of the row; nothing is None."""
    read = value if callable(value) else attrgetter(value or name)
    return Field(name, datatype, {"zh": zh, "en": en}, lambda row: None if (v := read(row)) == "" else v, words)


def _of(row: Any) -> str:
    return row.commitment.natural_id


def moment(at: datetime | None) -> str | None:
    """In UTC, as ISO 8601 writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


_COMMITMENT = _column("commitment", "事项标识", "Commitment", _of)
_IN_COMMITMENTS = {"commitment": "commitments"}

ASSESSMENT = (
    _column("id", "评估标识", "Identifier of the judgement", "natural_id"),
    _COMMITMENT,
    _column("as_of", "状态起算日", "Status holds from", datatype="date"),
    _column("status", "状态", "Status", words=Status),
    _column("momentum", "近期动向（评估时）", "Recent movement as judged", words=Momentum),
    _column("confidence", "把握程度", "Confidence", words=Confidence),
    _column("in_force", "截至本版日期是否有效", "In force on the day of the edition", "is_in_force", "boolean"),
    _column("rationale_zh", "评估依据", "Rationale (Chinese)"),
    _column("rationale_en", "评估依据（英文）", "Rationale"),
    _column("evidence", "引用的证据", "Evidence cited", "codes", "array"),
    _column("rule_met", "所满足的规则", "Rule of the codebook that it met", words=Rule),
    _column("codebook_version", "编码手册版本", "Version of the codebook", datatype="integer"),
    _column("corrects", "更正了哪次评估", "The judgement that it corrects", "natural_corrected"),
    _column("is_editorial", "是否只改文字", "Whether only words were mended", datatype="boolean"),
    _column("assessed_on", "评估日期", "Judged on", datatype="date"),
    _column("published_at", "发布时间", "Published at", lambda r: moment(r.published_at), "datetime"),
    _column("withdrawn_at", "撤回时间", "Withdrawn at", lambda r: moment(r.withdrawn_at), "datetime"),
    _column("withdrawn_reason_zh", "撤回理由", "Reason for withdrawal (Chinese)"),
    _column("withdrawn_reason_en", "撤回理由（英文）", "Reason for withdrawal"),
)
EVIDENCE = (
    _column("code", "证据编号", "Code of the evidence"),
    _column("url", "网址", "Address"),
    _column("title", "标题", "Title, as the publisher gives it"),
    _column("language", "语言", "Language"),
    _column("kind", "证据类型", "Kind of evidence", words=EvidenceKind),
    _column("publisher", "发布方", "Publisher", "publisher.name"),
    _column("origin", "同源分组", "Origin: what counts as one source", "publisher.origin"),
    _column("voice", "发布方立场", "Voice of the publisher", "publisher.voice", words=Voice),
    _column("published_on", "页面日期", "Dated", datatype="date"),
    _column("summary_zh", "我们的摘要", "Our summary (Chinese)"),
    _column("summary_en", "我们的摘要（英文）", "Our summary"),
    _column("countries", "涉及国家", "Countries concerned", datatype="array"),
    _column("confidence", "把握程度", "Confidence", words=Confidence),
    _column("is_summit_text", "是否峰会文件", "Whether it is a summit's own text", datatype="boolean"),
)
LINK = (
    _column("evidence", "证据编号", "Code of the evidence", "evidence.code"),
    _COMMITMENT,
    _column("bears", "与事项的关系", "How it bears on the commitment", words=Bearing),
)
DOCUMENT = (
    _column("slug", "文件标识", "Short name of the source"),
    _column("kind", "文件类型", "Kind of source", words=DocumentKind),
    _column("title_zh", "标题", "Title (Chinese)"),
    _column("title_en", "标题（英文）", "Title"),
    _column("issuer_zh", "发布机构", "Issuer (Chinese)"),
    _column("issuer_en", "发布机构（英文）", "Issuer"),
    _column("issued_on", "发布日期", "Issued on", datatype="date"),
    _column("event_on", "活动日期", "Date of the event", datatype="date"),
    _column("place_zh", "地点", "Place (Chinese)"),
    _column("place_en", "地点（英文）", "Place"),
    _column("language", "文本语言", "Language of the text"),
    _column("url", "网址", "Address"),
    _column("text_sha256", "文本的SHA-256", "SHA-256 of the text"),
    _column("follow_up_until", "追踪至", "Followed up until", datatype="date"),
)
PASSAGE = (
    _COMMITMENT,
    _column("document", "来源文件", "Source", "document.slug"),
    _column("role", "表述", "Role", words=PassageRole),
    _column("section", "章节", "Section"),
    _column("start", "起始位置（从0起，按字符）", "First character, counted from 0", datatype="integer"),
    _column("end", "结束位置（不含）", "Character after the last", datatype="integer"),
    _column("quote", "原文摘录", "Source passage"),
)
PARTY = (
    _COMMITMENT,
    _column("party", "相关方", "Party", "party.code"),
    _column("role", "角色", "Role", words=PartyRole),
    _column("name_zh", "名称", "Name (Chinese)", "party.name_zh"),
    _column("name_en", "名称（英文）", "Name", "party.name_en"),
    _column("note_zh", "说明", "Remark (Chinese)"),
    _column("note_en", "说明（英文）", "Remark"),
)
THEME = (
    _COMMITMENT,
    _column("theme", "领域", "Theme", "theme.slug"),
    _column("name_zh", "名称", "Name (Chinese)", "theme.name_zh"),
    _column("name_en", "名称（英文）", "Name", "theme.name_en"),
)
CHECK = (
    _COMMITMENT,
    _column("checked_on", "核查日期", "Checked on", datatype="date"),
    _column("outcome", "结果", "Outcome", words=CheckOutcome),
    _column("searched_zh", "查找范围", "Where we looked (Chinese)"),
    _column("searched_en", "查找范围（英文）", "Where we looked"),
    _column("recorded_at", "登记时间", "Entered at", lambda r: moment(r.recorded_at), "datetime"),
)
NOTE = (
    _COMMITMENT,
    _column("dated", "日期", "Dated", datatype="date"),
    _column("text_zh", "备注", "Note (Chinese)"),
    _column("text_en", "备注（英文）", "Note"),
)
EXCLUSION = (
    _column("document", "来源文件", "Source", "document.slug"),
    _column("section", "章节", "Section"),
    _column("start", "起始位置（从0起，按字符）", "First character, counted from 0", datatype="integer"),
    _column("end", "结束位置（不含）", "Character after the last", datatype="integer"),
    _column("quote", "未收录的表述", "Statement left out"),
    _column("reason_zh", "未收录的原因", "Why it was left out (Chinese)"),
    _column("reason_en", "未收录的原因（英文）", "Why it was left out"),
    _column("covered_by", "由哪些事项涵盖", "Commitments that cover it", "codes", "array"),
)

TABLES = (
    Table(
        "commitments",
        {"zh": "现状：每个事项一行", "en": "The present: one row for each commitment"},
        ("id",),
        COMMITMENT,
        {"parent": "commitments", "document": "documents"},
    ),
    Table(
        "assessments",
        {
            "zh": "历史：每次已发布的评估一行，含更正和撤回",
            "en": "The history: one row for each published judgement, corrections and withdrawals included",
        },
        ("id",),
        ASSESSMENT,
        {**_IN_COMMITMENTS, "corrects": "assessments"},
    ),
    Table("evidence", {"zh": "证据", "en": "Evidence"}, ("code",), EVIDENCE, {}),
    Table(
        "evidence-links",
        {"zh": "证据与事项的关系", "en": "How evidence bears on commitments"},
        ("evidence", "commitment"),
        LINK,
        {"evidence": "evidence", **_IN_COMMITMENTS},
    ),
    Table("documents", {"zh": "来源文件", "en": "Sources"}, ("slug",), DOCUMENT, {}),
    Table(
        "passages",
        {"zh": "原文摘录及其位置", "en": "Source passages and where they stand"},
        ("commitment", "document", "start", "end"),
        PASSAGE,
        {**_IN_COMMITMENTS, "document": "documents"},
    ),
    Table(
        "parties",
        {"zh": "事项的相关方", "en": "Parties to commitments"},
        ("commitment", "party", "role"),
        PARTY,
        _IN_COMMITMENTS,
    ),
    Table(
        "themes", {"zh": "事项的领域", "en": "Themes of commitments"}, ("commitment", "theme"), THEME, _IN_COMMITMENTS
    ),
    Table("checks", {"zh": "核查记录", "en": "Checks"}, (), CHECK, _IN_COMMITMENTS),
    Table("notes", {"zh": "公开备注", "en": "Public notes"}, (), NOTE, _IN_COMMITMENTS),
    Table(
        "exclusions",
        {"zh": "来源中未收录的表述", "en": "Statements of the sources that were left out"},
        ("document", "start", "end"),
        EXCLUSION,
        {"document": "documents"},
    ),
)
