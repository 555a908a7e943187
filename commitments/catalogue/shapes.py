"""The public shape of rows that stand alone: what the API gives of each noun, with types, words and meaning.

The row of a commitment is that of its list (records.py); the others are the tables of an edition with their addresses.
"""

from collections.abc import Callable
from typing import Any

from commitments.catalogue import edition_tables as tables
from commitments.catalogue.changes import Entry
from commitments.catalogue.edition_tables import Table, moment
from commitments.catalogue.entered import Rank
from commitments.catalogue.records import ARRAY, COMMITMENT, Field, url_of
from commitments.choices import Band, Confidence, EntryKind, Momentum, Status
from commitments.models import Assessment

OBJECT = "object"


def _said(name: str, zh: str, en: str, value: Any = None, datatype: str = "string", **more: Any) -> Field:
    """An empty word is no value; without a way to read it, the attribute of the same name."""
    read = value or (lambda row: getattr(row, name))
    return Field(name, datatype, {"zh": zh, "en": en}, lambda row: None if (v := read(row)) == "" else v, **more)


def _without(fields: tuple[Field, ...], *names: str) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.name not in names)


def _page(value: Any) -> Field:
    return _said("page", "本站页面", "Page on this site", value)


# Judgements, evidence, sources, editions

JUDGEMENT = (*tables.ASSESSMENT, _page(lambda row: url_of(row.commitment)))
BEARS = (
    _said("commitment", "事项标识", "Commitment", lambda link: link.commitment.natural_id),
    *_without(tables.LINK, "evidence", "commitment"),
)
EVIDENCE = (
    *tables.EVIDENCE,
    _said("captured_at", "本站存档时间", "Archived by this site at", lambda row: moment(row.captured_at), "datetime"),
    _said("links", "所关联的事项", "Commitments that it bears on", lambda row: row.public_links, ARRAY, of=BEARS),
    _page(url_of),
)
DOCUMENT = (
    *tables.DOCUMENT,
    _said("full_text_public", "全文是否公开", "Whether the full text is public", None, "boolean"),
    _page(lambda row: f"/documents/{row.slug}/"),
)
DOCUMENT_ALONE = (
    *DOCUMENT,
    _said(
        "text", "全文（公开时）", "The full text, where it is public", lambda r: r.text if r.full_text_public else None
    ),
)
EDITION = (
    _said("number", "版次", "Number", None, "integer"),
    _said("day", "截至日期", "As of", None, "date"),
    _said("is_provisional", "是否试行版", "Whether it is provisional", None, "boolean"),
    _said("notes_zh", "说明", "Release notes (Chinese)"),
    _said("notes_en", "说明（英文）", "Release notes"),
    _said("sha256", "内容的SHA-256", "SHA-256 of the content"),
    _said("archive_sha256", "ZIP文件的SHA-256", "SHA-256 of the ZIP"),
    _said("json", "内容文件", "The content as JSON", lambda row: f"/editions/{row.number}.json"),
    _said("zip", "数据包", "Open data as ZIP", lambda row: f"/editions/{row.number}.zip"),
    _page(lambda row: f"/editions/{row.number}/"),
)

# A commitment with all that its page tells


def _of_row(field: Field) -> Callable[[Any], Any]:
    return lambda detail: field.value(detail.row)


def _named(row: Any) -> str | None:
    return row.natural_id if row else None


LABELS = (
    _said("kind", "类型", "Kind", lambda detail: detail.kind_label),
    _said("status", "状态", "Status", lambda detail: detail.standing.label),
    _said(
        "momentum", "近期动向", "Recent movement", lambda d: d.standing.momentum.label if d.standing.momentum else None
    ),
    _said(
        "confidence", "把握程度", "Confidence", lambda d: d.standing.confidence.label if d.standing.confidence else None
    ),
)
COMMITMENT_ALONE = (
    *(field._replace(value=_of_row(field)) for field in COMMITMENT),
    _said(
        "labels",
        "代码的名称（所选语言）",
        "The codes in words, in the language asked for",
        lambda d: d,
        OBJECT,
        of=LABELS,
    ),
    _said("successor", "后续事项", "Replaced by", lambda detail: _named(detail.successor)),
    _said("parts", "下级事项", "Its parts", lambda detail: [row.natural_id for row in detail.children], ARRAY),
    _said(
        "passages",
        "原文摘录及其位置",
        "Source passages and where they stand",
        lambda detail: detail.passages,
        ARRAY,
        of=_without(tables.PASSAGE, "commitment"),
    ),
    _said(
        "history",
        "历次评估，最新在前",
        "Its judgements, the newest first",
        lambda detail: detail.judgements,
        ARRAY,
        of=_without(tables.ASSESSMENT, "commitment"),
    ),
    _said(
        "evidence_links",
        "有关证据",
        "Evidence that bears on it",
        lambda detail: [link for _bearing, links in detail.evidence for link in links],
        ARRAY,
        of=_without(tables.LINK, "commitment"),
    ),
    _said("parties", "相关方", "Parties", None, ARRAY, of=_without(tables.PARTY, "commitment")),
    _said("themes", "领域", "Themes", None, ARRAY, of=_without(tables.THEME, "commitment")),
    _said("notes", "公开备注", "Public notes", None, ARRAY, of=_without(tables.NOTE, "commitment")),
    _said("checks", "核查记录", "Checks", None, ARRAY, of=_without(tables.CHECK, "commitment")),
)

# What changed: lines of what was entered. A withdrawn row shows its name and the reason, no more.


def _judgement(entry: Entry) -> Assessment | None:
    return entry.step.assessment if entry.step else None


def _of_judgement(name: str) -> Any:
    return lambda entry: getattr(_judgement(entry), name, None)


def _before(entry: Entry) -> str | None:
    is_step = entry.step is not None and entry.event.rank == Rank.JUDGED
    return entry.step.change.from_status if is_step and entry.step else None


def _sure_before(entry: Entry) -> str | None:
    found = entry.step.change.confidence if entry.step and entry.event.rank == Rank.JUDGED else None
    return found[0] if found else None


def _source(entry: Entry) -> str | None:
    if entry.step:
        return entry.step.commitment.document.slug
    return entry.document.slug if entry.document else entry.event.document


def _commitment(entry: Entry) -> str | None:
    if entry.step:
        return entry.step.commitment.natural_id
    return f"{entry.event.document}/{entry.event.code}" if entry.event.rank == Rank.COMMITMENT_WITHDRAWN else None


def _evidence(entry: Entry) -> list[str]:
    if entry.event.rank == Rank.EVIDENCE_WITHDRAWN:
        return [entry.event.code]
    judged = _judgement(entry)
    return [row.code for row in judged.evidence.all()] if judged else []


def _shown_on(entry: Entry) -> str | None:
    if entry.event.rank == Rank.EVIDENCE_WITHDRAWN:
        return f"/evidence/{entry.event.code}/"
    if name := _commitment(entry):
        return f"/commitments/{name}/"
    return f"/documents/{_source(entry)}/"


def _batch(name: str) -> Any:
    return lambda entry: getattr(entry.batch, name) if entry.batch else None


CHANGE = (
    _said("kind", "种类", "What was entered", words=EntryKind),
    _said("entered_at", "录入时间", "Entered at", lambda entry: moment(entry.at), "datetime"),
    _said("document", "来源文件", "Source", _source),
    _said("commitment", "事项标识", "Commitment", _commitment),
    _said("as_of", "状态起算日", "Status holds from", _of_judgement("as_of"), "date"),
    _said("from_status", "此前状态", "Status before", _before, words=Status),
    _said("to_status", "状态", "Status", _of_judgement("status"), words=Status),
    _said("momentum", "近期动向（评估时）", "Recent movement as judged", _of_judgement("momentum"), words=Momentum),
    _said(
        "from_confidence",
        "此前把握程度（有变动时）",
        "Confidence before, where it changed",
        _sure_before,
        words=Confidence,
    ),
    _said("confidence", "把握程度", "Confidence", _of_judgement("confidence"), words=Confidence),
    _said("rationale_zh", "评估依据", "Rationale (Chinese)", _of_judgement("rationale_zh")),
    _said("rationale_en", "评估依据（英文）", "Rationale", _of_judgement("rationale_en")),
    _said("evidence", "引用或撤回的证据", "Evidence cited, or withdrawn", _evidence, ARRAY),
    _said("reason_zh", "撤回理由", "Reason for withdrawal (Chinese)", lambda entry: entry.event.reason_zh),
    _said("reason_en", "撤回理由（英文）", "Reason for withdrawal", lambda entry: entry.event.reason_en),
    _said("later_withdrawn", "后来是否撤回", "Whether it was withdrawn later", None, "boolean"),
    _said("later_corrected", "后来是否更正", "Whether it was corrected later", None, "boolean"),
    _said("judgements", "成批录入的评估数", "Judgements entered together", _batch("number"), "integer"),
    _said("commitments", "成批评估的事项数", "Commitments that they judge", _batch("commitments"), "integer"),
    _page(_shown_on),
)

# The register in numbers

COUNTED = (
    _said("total", "合计", "All", None, "integer"),
    *(
        Field(band.value, "integer", band.labels, lambda row, band=band: row.by_band[band])  # type: ignore[misc]
        for band in Band
    ),
)
SUMMARY = (
    _said("as_of", "状态截至", "Status as of", None, "date"),
    _said("known_on", "本站所知截至", "As this site knew on", None, "date"),
    _said("last_checked_on", "最近核查", "Last checked", None, "date"),
    _said("one_off", "一次性和量化举措", "One-off and quantified measures", None, OBJECT, of=COUNTED),
    _said("continuing", "持续性举措", "Continuing measures", None, OBJECT, of=COUNTED),
    _said("outcomes", "峰会共识", "Summit agreements", None, OBJECT, of=COUNTED),
    _said("press", "会见记者时的表态", "Joint press statements", None, OBJECT, of=COUNTED),
    _said(
        "labels",
        "各档名称（所选语言）",
        "The bands in words, in the language asked for",
        lambda row: row,
        OBJECT,
        of=tuple(
            Field(band.value, "string", band.labels, lambda row, band=band: band.label)  # type: ignore[misc]
            for band in Band
        ),
    ),
)


# Under the names that they have in the schema; the columns named with them are never empty.


def _shape(name: str, zh: str, en: str, fields: tuple[Field, ...], never_empty: str) -> Table:
    return Table(name, {"zh": zh, "en": en}, tuple(never_empty.split()), fields, {})


_OF_COMMITMENT = "id document code kind title_zh status status_basis url"
_OF_DOCUMENT = "slug kind title_zh issued_on language text_sha256 page"
SHAPES = (
    _shape("Commitment", "事项", "A commitment", COMMITMENT, _OF_COMMITMENT),
    _shape(
        "CommitmentAlone",
        "一个事项的全部公开内容",
        "A commitment with all that is public",
        COMMITMENT_ALONE,
        _OF_COMMITMENT,
    ),
    _shape("Judgement", "评估", "A judgement", JUDGEMENT, "id commitment as_of status confidence published_at page"),
    _shape("Evidence", "证据", "A piece of evidence", EVIDENCE, "code kind publisher voice page"),
    _shape("Document", "来源文件", "A source", DOCUMENT, _OF_DOCUMENT),
    _shape("DocumentAlone", "一份来源文件", "A source with its text", DOCUMENT_ALONE, _OF_DOCUMENT),
    _shape("Edition", "发布版", "An edition", EDITION, "number day sha256 archive_sha256 json zip page"),
    _shape("Change", "变动", "What happened, or was entered", CHANGE, "kind entered_at page"),
    _shape("Summary", "概览数字", "The register in numbers", SUMMARY, "as_of known_on"),
)
