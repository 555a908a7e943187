"""The figures: matching one to one, doubtful labels, stretches that count for nothing, spaces that do not count."""

from typing import Any

from commitments.extraction.scoring import matches, score, summary

TEXT = "第一，建设中心，举办论坛。第二，培训教师。另外提供资金。"


def span(quote: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote, **more}


GOLD = {
    "proposals": [
        span("第一，建设中心，举办论坛。", measures=[span("建设中心"), span("举办论坛", doubtful=True)]),
        span("第二，培训教师。", measures=[span("培训教师")]),
    ],
    "other": [span("另外提供资金")],
}


def test_a_perfect_draft_has_perfect_figures() -> None:
    found = score(GOLD, GOLD, TEXT)
    assert [found[kind]["f1"] for kind in ("proposals", "measures", "measures_sure", "coverage")] == [1.0] * 4
    assert (found["parent_ok"], found["invalid_spans"], found["quotes_not_verbatim"]) == (3, 0, 0)


def test_a_missed_doubtful_measure_is_no_miss_among_the_sure_ones() -> None:
    draft = {"proposals": [span("第一，建设中心，举办论坛。", measures=[span("建设中心")])]}
    found = score(draft, GOLD, TEXT)
    assert (found["measures"]["fn"], found["measures_sure"]["fn"]) == (2, 1)


def test_what_lies_in_a_free_stretch_is_neither_right_nor_wrong() -> None:
    draft = {"proposals": [*GOLD["proposals"], span("另外提供资金。", measures=[span("提供资金")])]}
    found = score(draft, GOLD, TEXT)
    assert (found["proposals"]["fp"], found["measures"]["fp"]) == (0, 0)
    assert found["left_out"] == {"proposals": 1, "measures": 1}


def test_a_wrong_candidate_costs_precision_and_a_wrong_parent_is_seen() -> None:
    draft = {"proposals": [span("第二，培训教师。", measures=[span("建设中心"), span("第一，建")])]}
    found = score(draft, GOLD, TEXT)
    assert (found["measures"]["tp"], found["measures"]["fp"], found["parent_ok"]) == (1, 1, 0)


def test_invalid_spans_and_quotes_that_are_not_in_the_text_are_counted() -> None:
    bad = {"start": 5, "end": 500, "quote": "x"}
    draft = {"proposals": [{**bad, "measures": [bad, span("培训教师") | {"quote": "培训教授"}]}]}
    found = score(draft, GOLD, TEXT)
    assert (found["invalid_spans"], found["quotes_not_verbatim"]) == (2, 1)


def test_the_closest_pair_is_matched_first() -> None:
    assert matches([(0, 10), (0, 9)], [(0, 9)], 0.5) == {1: 0}


def test_line_breaks_in_a_span_do_not_count() -> None:
    text = "第一，建设\n\n\n\n中心。"
    gold = {"proposals": [{"start": 0, "end": len(text), "measures": [{"start": 3, "end": 11}]}]}
    draft = {"proposals": [{"start": 0, "end": len(text), "measures": [{"start": 3, "end": 5}]}]}
    assert score(draft, gold, text)["measures"]["tp"] == 1


def test_the_summary_of_nothing_is_nothing() -> None:
    assert summary({})["macro"]["measures"]["f1"] == 0.0
