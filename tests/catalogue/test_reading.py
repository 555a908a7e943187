"""A text and random spans: nothing of the text is lost, every character is under its spans, each span begins once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from commitments.catalogue.reading import Gap, Marked, Node, Paragraph, Run, Span, gather, paragraphs, steps, withheld


class Located(NamedTuple):
    start: int
    end: int
    name: str = ""


@st.composite
def located(draw) -> tuple[str, list[Located], list[Located]]:
    text = draw(st.text("甲乙，。 \n", min_size=1, max_size=40))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda place: place[0] < place[1]
    )
    rows = draw(st.lists(st.tuples(places, st.booleans()), max_size=8))
    found = [(Located(*place, name=str(n)), is_passage) for n, (place, is_passage) in enumerate(rows)]
    return text, [row for row, is_passage in found if is_passage], [row for row, is_passage in found if not is_passage]


def characters(nodes: Iterable[Node], above: frozenset[Span] = frozenset()) -> Iterator[tuple[str, frozenset[Span]]]:
    for node in nodes:
        if isinstance(node, Run):
            yield from ((character, above) for character in node.text)
        elif isinstance(node, Marked):
            yield from characters(node.children, above | {node.span})


def read(text: str, *rows: Located) -> list[Paragraph]:
    return list(paragraphs(text, gather(rows)))


@given(located())
def test_the_runs_together_are_the_text_and_each_character_has_its_spans(sample):
    text, passages, exclusions = sample
    spans = gather(passages, exclusions)
    for paragraph in paragraphs(text, spans):
        blocks = frozenset(block.span for block in paragraph.blocks)
        found = list(characters(paragraph.nodes))
        assert "".join(character for character, _above in found) == paragraph.text
        for place, (_character, above) in enumerate(found, paragraph.start):
            assert above | blocks >= {span for span in spans if span.start <= place < span.end}
            assert above <= {span for span in spans if span.start <= place < span.end}
    assert "\n".join(paragraph.text for paragraph in paragraphs(text, spans)) == text


@given(located())
def test_each_span_over_any_text_begins_exactly_once(sample):
    text, passages, exclusions = sample
    spans = gather(passages, exclusions)
    begun: Counter[Span] = Counter()
    for paragraph in paragraphs(text, spans):
        begun.update(block.span for block in paragraph.blocks if block.is_first)
        begun.update(step.span for step in steps(paragraph.nodes) if step.kind in ("open", "aside"))
    assert begun == {span: 1 for span in spans if text[span.start : span.end].strip("\n")}


@given(located())
def test_what_is_opened_is_closed_and_no_anchor_comes_twice(sample):
    text, passages, exclusions = sample
    spans = gather(passages, exclusions)
    anchors = [span.anchor for span in spans if span.anchor]
    assert len(anchors) == len(set(anchors))
    assert set(anchors) == {f"at-{row.start}" for row in passages} | {f"out-{row.start}" for row in exclusions}
    for paragraph in paragraphs(text, spans):
        depth = 0
        for step in steps(paragraph.nodes):
            depth += 0 if step.kind in ("text", "gap") else -1 if step.kind == "close" else 1
            assert depth >= 0
        assert depth == 0


@given(located())
def test_withheld_text_is_only_what_is_quoted(sample):
    text, passages, _exclusions = sample
    for paragraph in paragraphs(text, gather(passages)):
        shown = withheld(paragraph)
        quoted = {place for row in passages for place in range(row.start, row.end)}
        public = [
            text[place] for place in range(paragraph.start, paragraph.start + len(paragraph.text)) if place in quoted
        ]
        if paragraph.blocks:
            assert not paragraph.text.strip() or "".join(public).strip() == paragraph.text.strip()
        else:
            assert shown.text == ""
            assert [character for character, _above in characters(shown.nodes)] == public


def test_one_mark_for_a_span_that_several_passages_share():
    (paragraph,) = read("中方将建立机制。", Located(3, 7, "1.1"), Located(3, 7, "1.1.1"))
    assert [
        node.text if isinstance(node, Run) else [row.name for row in node.span.passages] for node in paragraph.nodes
    ] == [
        "中方将",
        ["1.1", "1.1.1"],
        "。",
    ]


def test_a_span_inside_another_is_nested_in_it():
    (paragraph,) = read("中方将建立长效机制。", Located(3, 9, "outer"), Located(5, 7, "inner"))
    outer = paragraph.nodes[1]
    assert isinstance(outer, Marked)
    before, inner, after = outer.children
    assert (before, after) == (Run("建立"), Run("机制"))
    assert isinstance(inner, Marked)
    assert inner.children == (Run("长效"),)


def test_a_span_that_crosses_anothers_end_is_taken_up_again():
    (paragraph,) = read("甲乙丙丁戊", Located(0, 3), Located(2, 4))
    kinds = [(step.kind, step.text) for step in steps(paragraph.nodes)]
    assert kinds == [
        ("open", ""),
        ("text", "甲乙"),
        ("open", ""),
        ("text", "丙"),
        ("close", ""),
        ("close", ""),
        ("open again", ""),
        ("text", "丁"),
        ("close", ""),
        ("text", "戊"),
    ]


def test_a_passage_over_a_whole_paragraph_is_a_bracket_and_over_two_of_them_begins_in_the_first():
    first, second, third = read("　一、甲乙。\n二、丙丁。\n三、", Located(1, 12))
    assert [block.is_first for block in first.blocks] == [True]
    assert [block.is_first for block in second.blocks] == [False]
    assert third.blocks == ()
    assert first.nodes == (Run("　一、甲乙。"),)


def test_a_passage_that_begins_with_a_line_end_begins_in_the_next_paragraph():
    first, second = read("甲乙\n丙丁", Located(2, 4))
    assert not first.is_marked
    assert [span.start for span in second.spans] == [2]


def test_gaps_stand_where_text_is_withheld():
    (paragraph,) = read("机密，公开，机密。", Located(3, 5))
    shown = withheld(paragraph)
    assert [type(node) for node in shown.nodes] == [Gap, Marked, Gap]
