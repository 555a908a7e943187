"""A stretch of text -> its sentences and their clauses, as places in it; quotation marks and brackets hold together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# “the following work:” ends a sentence too: what it announces is told behind it.
SENTENCE = re.compile(
    r"[^。！？；;!?\n]+?(?:(?<=工作|任务|方面|措施|举措|事项)：|[。！？；;!?]|(?=\n)|$)|[。！？；;!?]"
)
CLAUSE = re.compile(r"(?:[^，,：:]|(?<=\d)[,:](?=\d))+")
LONGEST = 400  # characters of a clause that anybody would quote


@dataclass(frozen=True)
class Clause:
    start: int
    end: int  # before the mark


@dataclass(frozen=True)
class Sentence:
    start: int
    end: int  # after the mark
    clauses: tuple[Clause, ...]


def sentences(masked: str, start: int, end: int) -> Iterator[Sentence]:
    for found in SENTENCE.finditer(masked, start, end):
        stop = found.end()
        while stop > found.start() and masked[stop - 1] in "。！？；;!?：":
            stop -= 1
        clauses = tuple(_clauses(masked, found.start(), stop))
        if clauses:
            yield Sentence(clauses[0].start, found.end(), clauses)


def _clauses(masked: str, start: int, end: int) -> Iterator[Clause]:
    for found in CLAUSE.finditer(masked, start, end):
        first, last = found.start(), found.end()
        while first < last and masked[first] in " \u3000\t*·•●○◆◇■▪▫▶►➢★☆√-—–":
            first += 1
        while last > first and masked[last - 1] in " \u3000\t*":
            last -= 1
        if last - first >= 2:
            yield Clause(first, last)
