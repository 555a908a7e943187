"""The public shape of a row: one list of fields for CSV, JSON, API and the data dictionary."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from commitments.choices import Confidence, Kind, Momentum, Status, StatusBasis, Target, Verifiability, Vocabulary
from commitments.models import Commitment, Evidence

ARRAY = "array"


class Field(NamedTuple):
    """`datatype` is a Frictionless type; `labels` describe the field in each language; `words` close its values.

    `of` are the fields of the records that the value is made of: one of them (`object`) or a list (`array`).
    """

    name: str
    datatype: str
    labels: dict[str, str]
    value: Callable[[Any], Any]
    words: type[Vocabulary] | None = None
    of: tuple["Field", ...] = ()


def _quote(row: Commitment) -> str | None:
    passages = row.primary_passages
    return passages[0].quote if passages else None


def _parent(row: Commitment) -> str | None:
    """The code of an unpublished parent is not the public's business."""
    return f"{row.document.slug}/{row.parent.code}" if row.parent and row.parent.is_published else None


def _rationale(row: Commitment, language: str) -> str | None:
    assessment = row.standing.assessment
    return getattr(assessment, f"rationale_{language}") or None if assessment else None


def _cited(row: Commitment) -> list[str]:
    assessment = row.standing.assessment
    return [evidence.code for evidence in assessment.evidence.all()] if assessment else []


def url_of(row: Commitment | Evidence) -> str:
    """Address on this site, in the first language; the records carry no host name."""
    if isinstance(row, Evidence):
        return f"/evidence/{row.code}/"
    return f"/commitments/{row.document.slug}/{row.code}/"


COMMITMENT: tuple[Field, ...] = (
    Field("id", "string", {"zh": "标识：文件/编号", "en": "Identifier: document/code"}, lambda r: r.natural_id),
    Field("document", "string", {"zh": "来源文件", "en": "Source document"}, lambda r: r.document.slug),
    Field("code", "string", {"zh": "编号", "en": "Code"}, lambda r: r.code),
    Field("kind", "string", {"zh": "类型", "en": "Kind"}, lambda r: r.kind, Kind),
    Field(
        "parent",
        "string",
        {"zh": "上级事项", "en": "Parent"},
        _parent,
    ),
    Field("target", "string", {"zh": "目标类型", "en": "Type of target"}, lambda r: r.target or None, Target),
    Field("title_zh", "string", {"zh": "标题", "en": "Title (Chinese)"}, lambda r: r.title_zh),
    Field("title_en", "string", {"zh": "标题（英文）", "en": "Title (English)"}, lambda r: r.title_en or None),
    Field("quote", "string", {"zh": "原文摘录", "en": "Source passage"}, _quote),
    Field(
        "criterion_zh",
        "string",
        {"zh": "评估口径", "en": "What would count (Chinese)"},
        lambda r: r.criterion_zh or None,
    ),
    Field(
        "criterion_en", "string", {"zh": "评估口径（英文）", "en": "What would count"}, lambda r: r.criterion_en or None
    ),
    Field("due_on", "date", {"zh": "原定时间", "en": "Due on"}, lambda r: r.due_on),
    Field(
        "verifiability",
        "string",
        {"zh": "可核查性", "en": "Verifiability"},
        lambda r: r.verifiability or None,
        Verifiability,
    ),
    Field("status", "string", {"zh": "状态", "en": "Status"}, lambda r: r.standing.status, Status),
    Field(
        "status_basis",
        "string",
        {"zh": "状态依据", "en": "What the status rests on"},
        lambda r: r.standing.basis,
        StatusBasis,
    ),
    Field("momentum", "string", {"zh": "近期动向", "en": "Recent movement"}, lambda r: r.standing.momentum, Momentum),
    Field("confidence", "string", {"zh": "把握程度", "en": "Confidence"}, lambda r: r.standing.confidence, Confidence),
    Field("as_of", "date", {"zh": "状态起算日", "en": "Status holds from"}, lambda r: r.standing.as_of),
    Field("last_checked_on", "date", {"zh": "最近核查", "en": "Last checked"}, lambda r: r.standing.last_checked_on),
    Field("rationale_zh", "string", {"zh": "评估依据", "en": "Rationale (Chinese)"}, lambda r: _rationale(r, "zh")),
    Field("rationale_en", "string", {"zh": "评估依据（英文）", "en": "Rationale"}, lambda r: _rationale(r, "en")),
    Field("evidence", "array", {"zh": "引用的证据", "en": "Evidence cited"}, _cited),
    Field("url", "string", {"zh": "页面地址", "en": "Page"}, url_of),
)


def commitment(row: Commitment) -> dict[str, Any]:
    """Of a row of a Listing."""
    return record(COMMITMENT, row)


def record(fields: Iterable[Field], row: Any) -> dict[str, Any]:
    """Dates stay dates, an absent value is None."""
    return {field.name: _nested(field, field.value(row)) if field.of else field.value(row) for field in fields}


def _nested(field: Field, value: Any) -> Any:
    return [record(field.of, one) for one in value] if field.datatype == ARRAY else record(field.of, value)


def picked(fields: tuple[Field, ...], names: Collection[str] | None) -> tuple[Field, ...]:
    """In their own order, whatever order they were asked for in; all of them for None."""
    return fields if names is None else tuple(field for field in fields if field.name in names)
