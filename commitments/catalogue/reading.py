"""A text and the spans that are located in it -> paragraphs of nested marks and plain runs. Pure: no database here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any


@dataclass(frozen=True, eq=False)
class Span:
    """A stretch of the text and what stands at exactly it: passages, or statements that were left out.

    The longest one to begin at a place owns its anchor.
    """

    start: int
    end: int
    passages: tuple[Any, ...] = ()
    exclusions: tuple[Any, ...] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Run:
    """Plain text; inside a Marked it belongs to that span, the nearest one around it."""

    text: str


@dataclass(frozen=True)
class Gap:
    """Where text was left out that is not public."""


@dataclass(frozen=True)
class Marked:
    """What of a span stands here; only its first piece carries the anchor and the codes."""

    span: Span
    children: tuple["Node", ...]
    is_first: bool


Node = Run | Gap | Marked


@dataclass(frozen=True)
class Block:
    """A span that covers the whole paragraph: a bracket in the margin."""

    span: Span
    is_first: bool


@dataclass(frozen=True)
class Paragraph:
    """`number` counts the lines of the text from 0, as the document's sections do."""

    number: int
    start: int
    text: str
    blocks: tuple[Block, ...] = ()
    nodes: tuple[Node, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """Those with passages that begin here, in reading order."""
        return [span for span in first_spans(self.nodes) if span.passages]

    @property
    def is_marked(self) -> bool:
        return bool(self.blocks) or any(_has_passages(node) for node in self.nodes)


@dataclass
class _Piece:
    """Text between two neighbouring boundaries and the spans over it, the outermost first."""

    start: int
    end: int
    covers: list[Span] = field(default_factory=list)


def gather(passages: Iterable[Any], exclusions: Iterable[Any] = ()) -> list[Span]:
    """One span for each distinct (start, end), the outermost first; what stands in it keeps the given order."""
    marked, left_out = _by_place(passages), _by_place(exclusions)
    spans = [Span(*place, passages=found, anchor=f"at-{place[0]}") for place, found in marked.items()]
    spans += [Span(*place, exclusions=found, anchor=f"out-{place[0]}") for place, found in left_out.items()]
    spans.sort(key=lambda span: (span.start, -span.end))
    owned: set[str] = set()
    for place, span in enumerate(spans):
        if span.anchor in owned:
            spans[place] = replace(span, anchor="")
        owned.add(span.anchor)
    return spans


def _by_place(rows: Iterable[Any]) -> dict[tuple[int, int], tuple[Any, ...]]:
    found: dict[tuple[int, int], tuple[Any, ...]] = {}
    for row in rows:
        found[row.start, row.end] = (*found.get((row.start, row.end), ()), row)
    return found


def paragraphs(text: str, spans: Sequence[Span]) -> Iterator[Paragraph]:
    """One for each line of the text; `spans` as gather() sorts them."""
    waiting, open_spans, start = list(reversed(spans)), [], 0
    begun: set[Span] = set()
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        while waiting and waiting[-1].start < end:
            open_spans.append(waiting.pop())
        open_spans = [span for span in open_spans if span.end > start]
        yield _paragraph(number, start, line, open_spans, begun)
        start = end + 1


def withheld(paragraph: Paragraph) -> Paragraph:
    """Only what passages quote; the rest becomes gaps. For documents whose full text is not public."""
    if paragraph.blocks:
        return paragraph
    nodes = tuple(Gap() if isinstance(node, Run) else node for node in paragraph.nodes)
    return replace(paragraph, text="", nodes=nodes)


def first_spans(nodes: Iterable[Node]) -> Iterator[Span]:
    """Spans whose first piece is here, in reading order, the outer before the inner."""
    for node in nodes:
        if isinstance(node, Marked):
            if node.is_first:
                yield node.span
            yield from first_spans(node.children)


def _paragraph(number: int, start: int, line: str, spans: Sequence[Span], begun: set[Span]) -> Paragraph:
    first, last = start + len(line) - len(line.lstrip()), start + len(line.rstrip())
    blocks = [span for span in spans if span.passages and first < last and span.start <= first and last <= span.end]
    inline = [span for span in spans if span not in blocks]
    marked = tuple(Block(span, _begins(span, begun)) for span in blocks)
    pieces = _pieces(start, start + len(line), inline)
    return Paragraph(number, start, line, marked, _nodes(line, start, pieces, begun))


def _begins(span: Span, begun: set[Span]) -> bool:
    """True for the first piece of a span, once."""
    is_first = span not in begun
    begun.add(span)
    return is_first


def _pieces(start: int, end: int, spans: Sequence[Span]) -> list[_Piece]:
    cuts = {start, end}
    for span in spans:
        cuts |= {max(span.start, start), min(span.end, end)}
    places = sorted(cuts)
    pieces = [_Piece(first, last) for first, last in zip(places, places[1:], strict=False)]
    for piece in pieces:
        piece.covers = [span for span in spans if span.start <= piece.start and piece.end <= span.end]
    return pieces


def _nodes(line: str, offset: int, pieces: Sequence[_Piece], begun: set[Span], depth: int = 0) -> tuple[Node, ...]:
    """Neighbours under the same span become one mark; a span that crosses another's end is taken up again after it."""
    nodes: list[Node] = []
    for span, neighbours in groupby(pieces, lambda piece: piece.covers[depth] if len(piece.covers) > depth else None):
        group = list(neighbours)
        if span is None:
            nodes.append(Run(line[group[0].start - offset : group[-1].end - offset]))
        else:
            is_first = _begins(span, begun)
            nodes.append(Marked(span, _nodes(line, offset, group, begun, depth + 1), is_first))
    return tuple(nodes)


def _has_passages(node: Node) -> bool:
    return isinstance(node, Marked) and (bool(node.span.passages) or any(map(_has_passages, node.children)))


@dataclass(frozen=True)
class Step:
    """What a page writes next: it opens or closes a mark, or writes text; `around` is the nearest mark's span."""

    kind: str
    text: str = ""
    span: Span | None = None
    around: Span | None = None


def steps(nodes: Iterable[Node], around: Span | None = None) -> Iterator[Step]:
    """The tree as a flat sequence; each `open`, `aside` and their `again` has its `close`."""
    for node in nodes:
        if isinstance(node, Run):
            yield Step("text", text=node.text, around=around)
        elif isinstance(node, Gap):
            yield Step("gap")
        else:
            named = bool(node.span.passages)
            opening = "open" if named else "aside"
            yield Step(opening if node.is_first else f"{opening} again", span=node.span)
            yield from steps(node.children, node.span if named else around)
            yield Step("close")
