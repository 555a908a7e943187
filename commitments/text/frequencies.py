"""How often words occur, from the dictionary that jieba ships: in one block of bytes, where a dict takes 70 MB."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

LONGEST = 4  # bytes of a character
REMEMBERED = 10_000  # answers; jieba asks the same of each sentence again and again


class Frequencies:
    """What jieba asks of its own dict: a word -> its number, what only begins words -> 0; other texts are not in it."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        """`lines` begin with a word and a number, sorted by their bytes."""
        self._words, self._starts, self._numbers, self.total = bytearray(), array("I", [0]), array("I"), 0
        self._first: dict[str, int] = {}  # character -> the place of the first word that begins with it
        last = ""
        for line in lines:
            word, number, *_tag = line.split(b" ")
            self._words += word
            if (first := word.decode()[0]) != last:
                self._first[first] = len(self._numbers)
                last = first
            self._starts.append(len(self._words))
            self._numbers.append(int(number))
            self.total += int(number)
        ends = [*list(self._first.values())[1:], len(self._numbers)]
        self._last = dict(zip(self._first, ends, strict=True))
        self._number = lru_cache(REMEMBERED)(self._find)

    @classmethod
    def of(cls, file: Path) -> "Frequencies":
        """Sorted a character at a time: the lines of the whole file, all at once, would take as much as the dict."""
        with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
            begins: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
            at = 0
            while at < len(content):
                begins[content[at : at + LONGEST].decode(errors="ignore")[0]].append(at)
                at = content.find(b"\n", at) + 1 or len(content)
            return cls(line for first in sorted(begins) for line in sorted(_lines(content, begins[first])))

    def __contains__(self, text: str) -> bool:
        return self._number(text) is not None

    def __getitem__(self, text: str) -> int:
        if (number := self._number(text)) is None:
            raise KeyError(text)
        return number

    def get(self, text: str, default: int | None = None) -> int | None:
        number = self._number(text)
        return default if number is None else number

    def _find(self, text: str) -> int | None:
        low, high = self._first.get(text[:1], 0), self._last.get(text[:1], 0)
        key, words, starts = text.encode("utf-8", "surrogatepass"), self._words, self._starts
        end = high
        while low < high:
            middle = (low + high) // 2
            if words[starts[middle] : starts[middle + 1]] < key:
                low = middle + 1
            else:
                high = middle
        if low >= end or not words.startswith(key, starts[low], starts[low + 1]):
            return None
        return self._numbers[low] if starts[low + 1] - starts[low] == len(key) else 0


def _lines(content: mmap, begins: Iterable[int]) -> Iterable[bytes]:
    for at in begins:
        content.seek(at)
        yield content.readline().rstrip()
