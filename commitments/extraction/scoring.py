"""Drafted proposals and measures against labelled ones -> precision, recall and F1, by document, micro and macro."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

Span = tuple[int, int]
KINDS = ("proposals", "measures", "measures_sure", "coverage")
SUMS = ("invalid_spans", "quotes_not_verbatim")
MATCH = 0.5  # of proposals and measures alike, unless told


def score(drafted: Mapping[str, Any], labelled: Mapping[str, Any], text: str, least: float = MATCH) -> dict[str, Any]:
    """One document. Spans are compared by the characters that are not spaces, so that line breaks do not count."""
    return _Comparison(drafted, labelled, text, least).figures()


def summary(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    count = len(documents) or 1
    micro = {
        kind: _rates(*(sum(each[kind][word] for each in documents.values()) for word in ("tp", "fp", "fn")))
        for kind in KINDS
    }
    macro = {
        kind: {
            rate: round(sum(each[kind][rate] for each in documents.values()) / count, 4)
            for rate in ("precision", "recall", "f1")
        }
        for kind in KINDS
    }
    matched = sum(each["measures"]["tp"] for each in documents.values())
    parents = sum(each["parent_ok"] for each in documents.values())
    return {
        "documents": len(documents),
        "micro": micro,
        "macro": macro,
        "parent_ok_rate": round(parents / matched, 4) if matched else 0.0,
        **{name: sum(each[name] for each in documents.values()) for name in SUMS},
    }


class _Comparison:
    def __init__(self, drafted: Mapping[str, Any], labelled: Mapping[str, Any], text: str, least: float) -> None:
        self.text, self.least = text, least
        self.solid = [0, *accumulate(not sign.isspace() for sign in text)]
        self.invalid = 0
        proposals = drafted.get("proposals", [])
        self.drafted = [each for each in proposals if self._is_valid(each)]
        parents = {id(each): place for place, each in enumerate(self.drafted)}
        self.measures, self.parents = [], []
        for proposal in proposals:
            for measure in proposal.get("measures", []):
                if self._is_valid(measure):
                    self.measures.append(measure)
                    self.parents.append(parents.get(id(proposal)))
        self.labelled = labelled["proposals"]
        self.gold = [measure for proposal in self.labelled for measure in proposal["measures"]]
        self.gold_parents = [place for place, proposal in enumerate(self.labelled) for _each in proposal["measures"]]
        self.zones = [self._solid(zone) for name in ("press", "other") for zone in labelled.get(name, [])]

    def _is_valid(self, span: Mapping[str, Any]) -> bool:
        start, end = span.get("start"), span.get("end")
        is_valid = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(self.text)
        self.invalid += not is_valid
        return is_valid

    def _solid(self, span: Mapping[str, Any]) -> Span:
        last = len(self.solid) - 1
        return self.solid[min(last, max(0, span["start"]))], self.solid[min(last, max(0, span["end"]))]

    def _is_free(self, span: Span) -> bool:
        """At least half in a stretch that is neither right nor wrong."""
        length = span[1] - span[0]
        return length > 0 and 2 * sum(_overlap(span, zone) for zone in self.zones) >= length

    def figures(self) -> dict[str, Any]:
        proposals, gold_proposals = [*map(self._solid, self.drafted)], [*map(self._solid, self.labelled)]
        measures, gold = [*map(self._solid, self.measures)], [*map(self._solid, self.gold)]
        of_proposals, of_measures = matches(proposals, gold_proposals, self.least), matches(measures, gold, self.least)
        free_proposals = sum(self._is_free(span) for place, span in enumerate(proposals) if place not in of_proposals)
        free_measures = sum(self._is_free(span) for place, span in enumerate(measures) if place not in of_measures)
        wrong = len(measures) - len(of_measures) - free_measures
        sure = [place for place, measure in enumerate(self.gold) if not measure.get("doubtful")]
        sure_met = len(set(sure) & set(of_measures.values()))
        counted = [span for place, span in enumerate(measures) if place in of_measures or not self._is_free(span)]
        drafted_signs, gold_signs = _signs(counted), _signs(gold)
        both = len(drafted_signs & gold_signs)
        return {
            "proposals": _rates(
                len(of_proposals),
                len(proposals) - len(of_proposals) - free_proposals,
                len(gold_proposals) - len(of_proposals),
            ),
            "measures": _rates(len(of_measures), wrong, len(gold) - len(of_measures)),
            "measures_sure": _rates(sure_met, wrong, len(sure) - sure_met),
            "coverage": _rates(both, len(drafted_signs) - both, len(gold_signs) - both),
            "parent_ok": sum(self._has_right_parent(mine, its, of_proposals) for mine, its in of_measures.items()),
            "left_out": {"proposals": free_proposals, "measures": free_measures},
            "invalid_spans": self.invalid,
            "quotes_not_verbatim": sum(map(self._is_misquoted, self.measures)),
        }

    def _has_right_parent(self, mine: int, its: int, of_proposals: Mapping[int, int]) -> bool:
        parent = self.parents[mine]
        return parent is not None and of_proposals.get(parent) == self.gold_parents[its]

    def _is_misquoted(self, measure: Mapping[str, Any]) -> bool:
        return "quote" in measure and self.text[measure["start"] : measure["end"]] != measure["quote"]


def matches(drafted: Sequence[Span], gold: Sequence[Span], least: float) -> dict[int, int]:
    """One to one, the closest pairs first."""
    pairs = [
        (-closeness, mine, its)
        for mine, span in enumerate(drafted)
        for its, other in enumerate(gold)
        if (closeness := _closeness(span, other)) >= least
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _distance, mine, its in sorted(pairs):
        if mine not in found and its not in taken:
            found[mine] = its
            taken.add(its)
    return found


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _closeness(one: Span, other: Span) -> float:
    shared = _overlap(one, other)
    union = one[1] - one[0] + other[1] - other[0] - shared
    return shared / union if union > 0 else 0.0


def _signs(spans: Iterable[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _rates(right: int, wrong: int, missed: int) -> dict[str, float]:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    rates = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
    return {**rates, "tp": right, "fp": wrong, "fn": missed}
