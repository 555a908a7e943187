"""A report as tables, the same in every format of rows: Report -> tables with their columns, in the active language."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from commitments.catalogue.changes import Step
from commitments.choices import Momentum, Status
from commitments.languages import choose
from commitments.reports import words
from commitments.reports.content import Report
from commitments.reports.histories import Entered, Withdrawn
from commitments.reports.items import Item
from commitments.reports.source_notes import Source


class Column(NamedTuple):
    """`labels` in each language; `is_wide` for running text."""

    name: str
    labels: dict[str, str]
    value: Callable[[Any], Any]
    is_wide: bool = False

    @property
    def label(self) -> str:
        return choose(self.labels).text


@dataclass(frozen=True)
class Table:
    """`rows` are what the columns read; `values` writes them out."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]

    def values(self) -> Iterator[list[Any]]:
        for row in self.rows:
            yield [column.value(row) for column in self.columns]


@dataclass(frozen=True)
class Moved:
    """A line of the changes: what happened, what was entered about earlier times, corrections, withdrawals."""

    section: str
    step: Step | None
    entered: Entered | None
    withdrawn: Withdrawn | None
    sources: tuple[Source, ...]


class Count(NamedTuple):
    label: str
    of: str
    number: int
    began: int


def numbers_of(sources: Iterable[Source]) -> str:
    return ", ".join(str(source.number) for source in sources)


def codes_of(sources: Iterable[Source]) -> list[str]:
    return [source.evidence.code for source in sources]


def tables(report: Report) -> list[Table]:
    return [summary(report), changes(report), commitments(report), evidence(report), method(report)]


# Summary

COUNT = (
    Column("of", {"zh": "统计对象", "en": "Counted of"}, lambda row: row.of),
    Column("what", {"zh": "分档或状态", "en": "Band or status"}, lambda row: row.label),
    Column("number", {"zh": "期末", "en": "At the end"}, lambda row: row.number),
    Column("before", {"zh": "期初前一日", "en": "The day before the period"}, lambda row: row.began),
)


def summary(report: Report) -> Table:
    return Table("summary", _("Overview in numbers"), COUNT, tuple(_counts(report)))


def _counts(report: Report) -> Iterator[Count]:
    for label, row, began in report.numbers.rows:
        for band, number in row.by_band.items():
            yield Count(band.label, label, number, began.by_band[band])
        yield Count(_("Total"), label, row.total, began.total)
    measures = _("All measures")
    for status, number in report.numbers.statuses.items():
        yield Count(status.label, measures, number, report.numbers.began_statuses[status])
    yield Count(_("Total"), measures, report.numbers.measures, report.numbers.measures)


# Changes

CHANGE = (
    Column("section", {"zh": "栏目", "en": "Section"}, lambda row: row.section),
    Column("id", {"zh": "标识", "en": "Identifier"}, lambda row: _subject(row)),
    Column("title", {"zh": "事项", "en": "Commitment"}, lambda row: _title(row), is_wide=True),
    Column("as_of", {"zh": "状态起算日", "en": "Holds from"}, lambda row: row.step and row.step.assessment.as_of),
    Column("entered_on", {"zh": "本站发布日", "en": "Published here on"}, lambda row: _entered_on(row)),
    Column("from", {"zh": "原状态", "en": "From"}, lambda row: row.step and row.step.from_label),
    Column("to", {"zh": "状态", "en": "To"}, lambda row: row.step and row.step.to_label),
    Column("momentum", {"zh": "近期动向", "en": "Recent movement"}, lambda row: _momentum(row)),
    Column("reason", {"zh": "理由", "en": "Reason"}, lambda row: _reason(row), is_wide=True),
    Column("sources", {"zh": "来源序号", "en": "Sources, by number"}, lambda row: numbers_of(row.sources)),
    Column("evidence", {"zh": "证据编号", "en": "Evidence, by code"}, lambda row: codes_of(row.sources)),
)


def changes(report: Report) -> Table:
    return Table("changes", _("Changes"), CHANGE, tuple(_moved(report)))


def _moved(report: Report) -> Iterator[Moved]:
    for step in report.happened:
        yield Moved(_("What happened in the period"), step, None, None, report.sources_of(step))
    for entry in report.earlier:
        section = _("Entered in the period, about earlier times")
        yield Moved(section, entry.step, entry, None, report.sources_of(entry.step))
    for entry in report.corrections:
        yield Moved(_kind_of(entry), entry.step, entry, None, report.sources_of(entry.step))
    for gone in report.withdrawn:
        section = _("Evidence withdrawn") if gone.is_evidence else _("Commitment withdrawn")
        yield Moved(section, None, None, gone, ())


def _kind_of(entry: Entered) -> str:
    if entry.is_withdrawal:
        return _("Withdrawn")
    return _("Correction of wording") if entry.step.assessment.is_editorial else _("Correction")


def _subject(row: Moved) -> str:
    return row.withdrawn.name if row.withdrawn else row.step.commitment.natural_id if row.step else ""


def _title(row: Moved) -> str:
    return row.step.commitment.words("title").text if row.step else ""


def _entered_on(row: Moved) -> Any:
    return row.entered.day if row.entered else row.withdrawn.day if row.withdrawn else None


def _momentum(row: Moved) -> str:
    momentum = row.step.assessment.momentum if row.step else ""
    return Momentum(momentum).label if momentum else ""


def _reason(row: Moved) -> str:
    told = row.withdrawn or row.entered
    if told:
        return told.reason.text
    return row.step.assessment.words("rationale").text if row.step else ""


# Commitments

COMMITMENT = (
    Column("id", {"zh": "标识", "en": "Identifier"}, lambda item: item.row.natural_id),
    Column("code", {"zh": "编号", "en": "Code"}, lambda item: item.row.code),
    Column("parent", {"zh": "上级", "en": "Part of"}, lambda item: _parent(item)),
    Column("kind", {"zh": "类型", "en": "Kind"}, lambda item: item.kind_label),
    Column("title", {"zh": "标题", "en": "Title"}, lambda item: item.title.text, is_wide=True),
    Column("quote", {"zh": "原文", "en": "Words of the source"}, lambda item: item.quote, is_wide=True),
    Column("status", {"zh": "状态", "en": "Status"}, lambda item: item.standing.label),
    Column("status_code", {"zh": "状态代码", "en": "Code of the status"}, lambda item: item.standing.status.value),
    Column("status_basis", {"zh": "状态依据", "en": "What it rests on"}, lambda item: item.standing.basis.label),
    Column("status_before", {"zh": "期初前一日", "en": "The day before the period"}, lambda item: _before(item)),
    Column(
        "momentum",
        {"zh": "近期动向", "en": "Recent movement"},
        lambda item: item.standing.momentum and item.standing.momentum.label,
    ),
    Column(
        "confidence",
        {"zh": "把握程度", "en": "Confidence"},
        lambda item: item.standing.confidence and item.standing.confidence.label,
    ),
    Column("as_of", {"zh": "状态起算日", "en": "Holds from"}, lambda item: item.standing.as_of),
    Column("due_on", {"zh": "原定时间", "en": "Due on"}, lambda item: item.row.due_on),
    Column("last_checked_on", {"zh": "最近核查", "en": "Last checked"}, lambda item: item.standing.last_checked_on),
    Column("rationale", {"zh": "评估依据", "en": "Rationale"}, lambda item: item.rationale.text, is_wide=True),
    Column("lead", {"zh": "牵头单位", "en": "Lead body"}, lambda item: item.lead),
    Column("sources", {"zh": "来源序号", "en": "Sources, by number"}, lambda item: numbers_of(item.cited)),
    Column("evidence", {"zh": "证据编号", "en": "Evidence, by code"}, lambda item: codes_of(item.cited)),
    Column("also", {"zh": "另有记录", "en": "Also on record"}, lambda item: codes_of(item.related)),
    Column(
        "notes",
        {"zh": "备注", "en": "Notes"},
        lambda item: "\n".join(f"{note.dated} {note.words('text')}" for note in item.notes),
        is_wide=True,
    ),
)


def commitments(report: Report) -> Table:
    worries: dict[int, list[str]] = {}
    for concern in report.concerns:
        for item in concern.items:
            worries.setdefault(item.row.pk, []).append(concern.title)
    labels = {"zh": "需要关注", "en": "Needs attention"}
    attention = Column("attention", labels, lambda item: worries.get(item.row.pk, []))
    return Table("commitments", _("Commitments"), (*COMMITMENT, attention), tuple(report.items))


def _parent(item: Item) -> str:
    parent = item.row.parent
    return parent.code if parent and parent.is_published else ""


def _before(item: Item) -> str | None:
    """Of a proposal nothing: its status is computed for one day."""
    return None if item.is_proposal else Status(item.before).label


# Evidence and method

EVIDENCE = (
    Column("number", {"zh": "序号", "en": "Number"}, lambda source: source.number),
    Column("code", {"zh": "证据编号", "en": "Code"}, lambda source: source.evidence.code),
    Column("publisher", {"zh": "发布方", "en": "Publisher"}, lambda source: source.evidence.publisher.name),
    Column("voice", {"zh": "立场", "en": "Voice"}, lambda source: source.evidence.publisher.get_voice_display()),
    Column("kind", {"zh": "类型", "en": "Kind"}, lambda source: source.evidence.get_kind_display()),
    Column("title", {"zh": "标题", "en": "Title"}, lambda source: source.evidence.title, is_wide=True),
    Column("published_on", {"zh": "日期", "en": "Dated"}, lambda source: source.evidence.published_on),
    Column("captured_on", {"zh": "存档日期", "en": "Archived on"}, lambda source: source.captured_on),
    Column("url", {"zh": "网址", "en": "Address"}, lambda source: source.evidence.url, is_wide=True),
    Column(
        "summary", {"zh": "摘要", "en": "Summary"}, lambda source: source.evidence.words("summary").text, is_wide=True
    ),
)
LINE = (Column("line", {"zh": "说明", "en": "Remark"}, lambda line: line, is_wide=True),)


def evidence(report: Report) -> Table:
    return Table("evidence", _("Sources cited"), EVIDENCE, report.every_source)


def method(report: Report) -> Table:
    lines = list(words.method(report))
    for row in report.provenances:
        lines += [row.words("method").text, *row.limits]
    lines += [f"{status.label}: {gloss}" for status, gloss in words.glosses()]
    return Table("method", _("Method, scope and limits"), LINE, tuple(lines))
