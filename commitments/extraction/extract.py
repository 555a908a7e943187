"""Text -> candidates: proposals with their measures, and principles apart (see docs/extraction.md)."""

import re
from dataclasses import replace

from commitments.extraction import english, suggestions
from commitments.extraction.headings import give_headings, plain_heading
from commitments.extraction.kinds import Kind, kind_of, language_of
from commitments.extraction.labels import UNNUMBERED
from commitments.extraction.lists import PAST_WORK, PRINCIPLES, TARGETS, UMBRELLA, Verdict, is_promised, judge
from commitments.extraction.masks import full_width, mask
from commitments.extraction.measures_zh import Found, measures
from commitments.extraction.outline import outline
from commitments.extraction.result import Extraction, Measure, Proposal, Span
from commitments.extraction.units import Group, Unit, groups_of, lines_of, paragraphs_of
from commitments.text.unwrap import Flat, unwrap

MANY = 30  # items of a list, enough to see what they are
SAYS = re.compile(r"[^。！？，\n]{2,24}(?:指出|强调|要求|提出|表示|明确|部署|宣布|说)(?:[，：]|$)")  # 会议强调，
SETS_TARGETS = re.compile(r"(?:预期|发展|主要|工作|总体)目标(?:任务)?(?:是|为)?：")
ANNOUNCED_FAMILIES = ("one_is", "ordinal", "in_turn")


def extract(text: str) -> Extraction:
    return _Document(text).extraction()


class _Document:
    def __init__(self, text: str) -> None:
        self.given = text
        self.flat: Flat = unwrap(text)
        self.language = language_of(text)
        if self.language == "zh":
            self.flat = replace(self.flat, text=full_width(self.flat.text))
        self.text = self.flat.text
        self.masked = mask(self.text) if self.language == "zh" else english.readable(self.text)
        opening = [self.text[p.start : p.end] for p in self.flat.paragraphs[:4]]
        self.title = opening[0] if opening else ""
        self.kind = kind_of(self.text, opening)
        self.is_report = sum(bool(SAYS.match(self.text, p.start, p.end)) for p in self.flat.paragraphs) > 1
        self.cache: dict[tuple[int, int], list[Found]] = {}

    def found(self, unit: Unit) -> list[Found]:
        start = unit.heading_end or unit.text_start
        key = (start, unit.end)
        if key not in self.cache:
            if self.language == "en":
                self.cache[key] = list(
                    english.measures(
                        self.masked,
                        start,
                        unit.end,
                        is_list=unit.family != "paragraph",
                        is_promised=unit.is_promised,
                    )
                )
            else:
                is_directive = self.kind is Kind.DIRECTIVE
                self.cache[key] = list(
                    measures(self.masked, start, unit.end, is_directive=is_directive, is_promised=unit.is_promised)
                ) or self._named(unit, start)
        return self.cache[key]

    def _named(self, unit: Unit, start: int) -> list[Found]:
        """A promised line without a verb that we know: 退费当日到账."""
        end = unit.end - len(self.text[start : unit.end]) + len(self.text[start : unit.end].rstrip("。；;. "))
        if not unit.is_promised or unit.family not in UNNUMBERED or "。" in self.text[start:end]:
            return []
        return [Found(start, end, "promised in so many words", 0.6)]

    def extraction(self) -> Extraction:
        root = outline(self.flat)
        groups = groups_of(self.text, root)
        proposals, principles = self._sorted(groups)
        if not proposals:
            proposals, _ = self._sorted(lines_of(self.text, root))
        if not proposals:
            proposals, _ = self._sorted(paragraphs_of(self.text, root))
        proposals.sort(key=lambda pair: pair[0].start)
        return Extraction(
            language=self.language,
            kind=self.kind.value,
            proposals=tuple(
                self._proposal(number, unit, verdict) for number, (unit, verdict) in enumerate(_apart(proposals), 1)
            ),
            principles=tuple(
                self._span(unit.start, unit.end, verdict)
                for unit, verdict in sorted(principles, key=lambda pair: pair[0].start)
            ),
        )

    def _sorted(self, groups: list[Group]) -> tuple[list[tuple[Unit, Verdict]], list[tuple[Unit, Verdict]]]:
        proposals, principles = [], []
        for group in groups:
            give_headings(self.text, self.masked, group)
            if not group.units:
                continue
            if english.is_promised(group, self.title) if self.language == "en" else is_promised(group):
                for unit in group.units:
                    unit.is_promised = True
            verdict = self._verdict(group)
            if verdict.kind == "proposals":
                for unit in group.units:
                    kind = self._of_unit(unit, group, verdict)
                    if kind == "proposal":
                        proposals.append((unit, verdict))
                    elif kind == "principle":
                        principles.append((unit, verdict))
            elif verdict.kind == "principles":
                principles += [(unit, verdict) for unit in group.units]
        return proposals, principles

    def _verdict(self, group: Group) -> Verdict:
        if self.language == "en":
            return english.judge(self.text, group, self.found)
        return judge(self.text, group, self.kind, self.found, headed=False)

    def _of_unit(self, unit: Unit, group: Group, verdict: Verdict) -> str:
        title = plain_heading(self.text, unit)
        if (
            PRINCIPLES.search(title)
            and not self.found(unit)
            or self.language == "en"
            and english.PRINCIPLES.search(title)
            or re.search(r"指导思想|基本原则|总体要求|工作原则|工作要求|总体思路", title)
        ):
            return "principle"
        is_past = PAST_WORK.search(title) and not SAYS.match(
            title
        )  # but 会议指出，…具有重要意义 only opens a paragraph
        if is_past or TARGETS.search(title) and _stands_among_sections(unit):
            return "nothing"
        if UMBRELLA.search("".join(unit.groups[:1])) and not TARGETS.search(title):
            return "principle"
        if TARGETS.search(title) and not any(
            each.reason.startswith("quantified") or re.search(r"\d", self.text[each.start : each.end])
            for each in self.found(unit)
        ):
            return "nothing"
        if group.family == "paragraph" and not self._promises(unit):
            return "nothing"
        if self._only_introduces(unit):
            return "nothing"
        needs_measure = (
            group.family in ("paragraph", "line", "article")
            or self.language == "en"
            or not unit.heading_end
            and group.family not in ANNOUNCED_FAMILIES
        )
        return "proposal" if self.found(unit) or not needs_measure else "nothing"

    def _only_introduces(self, unit: Unit) -> bool:
        """第一，关于今年的形势。… beside 第三，关于明年的任务。一是…: an item without an act, its sister a section."""
        if self.language == "en" or not _stands_among_sections(unit, least=0.0):
            return False
        return not any(each.is_firm or each.is_bound for each in self.found(unit))

    def _promises(self, unit: Unit) -> bool:
        """A plain paragraph: does its speaker bind itself, or only the reporter tell?"""
        found = self.found(unit)
        if self.kind is Kind.SPEECH:
            return any(each.is_bound or each.says_will for each in found)
        text = self.text[unit.text_start : unit.end]
        if SETS_TARGETS.search(text) and all(re.search(r"\d", self.text[each.start : each.end]) for each in found):
            return False
        return not self.is_report or bool(SAYS.match(text)) or any(each.is_bound or each.says_must for each in found)

    def _heading(self, unit: Unit) -> str:
        """As the text as given has it, its wraps joined."""
        heading = plain_heading(self.text, unit)
        if not heading:
            return ""
        start = self.text.index(heading, unit.text_start)
        return "".join(
            " " if sign.isspace() else self.given[place]
            for place, sign in zip(self.flat.places[start : start + len(heading)], heading, strict=True)
        )

    def _span(self, start: int, end: int, verdict: Verdict) -> Span:
        first, last = self.flat.given(start, end)
        return Span(start=first, end=last, quote=self.given[first:last], reason=verdict.reason, score=verdict.score)

    def _proposal(self, number: int, unit: Unit, verdict: Verdict) -> Proposal:
        first, last = self.flat.given(unit.start, unit.end)
        heading, verbatim = self._heading(unit), True
        found = self.found(unit)
        if not heading:
            heading, verbatim = suggestions.heading(self.text, unit.text_start, unit.end, found), False
        context = suggestions.Context(self.text, unit.start, unit.end, self.language)
        return Proposal(
            start=first,
            end=last,
            quote=self.given[first:last],
            reason=verdict.reason,
            score=verdict.score,
            number=number,
            label=unit.label,
            group=unit.groups[0] if unit.groups else "",
            heading=heading,
            heading_verbatim=verbatim,
            measures=tuple(self._measure(each, context) for each in found),
            suggestions=context.of_proposal(heading),
        )

    def _measure(self, found: Found, context: suggestions.Context) -> Measure:
        first, last = self.flat.given(found.start, found.end)
        return Measure(
            start=first,
            end=last,
            quote=self.given[first:last],
            reason=found.reason,
            score=found.score,
            doubtful=found.is_doubtful,
            governor=found.governor,
            note=found.note,
            suggestions=context.of_measure(found.start, found.end, found.governor),
        )


def _stands_among_sections(unit: Unit, least: float = 0.5) -> bool:
    """一、主要目标 beside 二、重点任务 with its own items: a section, and its targets are not numbered."""
    if unit.node is None:
        return False
    sisters = unit.node.sisters[:MANY]
    return sum(bool(node.children) for node in sisters) >= max(1, least * len(sisters))


def _apart(pairs: list[tuple[Unit, Verdict]]) -> list[tuple[Unit, Verdict]]:
    """Proposals do not overlap: of two, the later within the earlier gives way."""
    kept: list[tuple[Unit, Verdict]] = []
    for unit, verdict in pairs:
        if not kept or unit.start >= kept[-1][0].end:
            kept.append((unit, verdict))
    return kept
