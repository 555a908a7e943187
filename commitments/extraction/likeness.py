"""Which of many earlier texts say what a new one says: shared runs of characters and shared words, the rare ones most.

Pure; words come from the one owner of jieba and are only asked for when there is something to compare with.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from commitments.text import segment

LONGEST = 400  # characters of a text that are compared
COMMON = 0.2  # what stands in more than this share of many texts says nothing
MANY = 1000
SIGNS = re.compile(r"[0-9a-z]+|[\u3400-\u9fff]+")
HAN = re.compile(r"[\u3400-\u9fff]")
OF_RUNS, OF_WORDS = 0.55, 0.45
LEAST = 0.3  # below it nothing is offered


@dataclass(frozen=True)
class Match:
    key: int
    score: float  # 0..1, a rank


class Earlier:
    """Texts by key, looked into many times."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self.keys: list[int] = []
        self.places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for key, text in texts:
            for feature, times in _features(text).items():
                self.places[feature].append((len(self.keys), times))
            self.keys.append(key)
        self.norms = {"r": [0.0] * len(self.keys), "w": [0.0] * len(self.keys)}
        for feature, found in self.places.items():
            weight = self._weight(feature)
            for place, times in found:
                self.norms[feature[0]][place] += (weight * times) ** 2

    def best(self, text: str, most: int = 3, least: float = LEAST) -> list[Match]:
        """The likest, the best first; of equal ones that which came first."""
        if not self.keys:
            return []
        sums: dict[str, dict[int, float]] = {"r": defaultdict(float), "w": defaultdict(float)}
        norms = {"r": 0.0, "w": 0.0}
        for feature, times in _features(text).items():
            weight = self._weight(feature)
            norms[feature[0]] += (weight * times) ** 2
            for place, others in self.places.get(feature, ()) if weight else ():
                sums[feature[0]][place] += weight * weight * times * others
        scores = {
            place: OF_RUNS * self._cosine("r", place, sums, norms) + OF_WORDS * self._cosine("w", place, sums, norms)
            for place in sums["r"].keys() | sums["w"].keys()
        }
        ranked = sorted((-score, place) for place, score in scores.items() if score >= least)
        return [Match(self.keys[place], round(-score, 3)) for score, place in ranked[:most]]

    def _cosine(self, kind: str, place: int, sums: dict[str, dict[int, float]], norms: dict[str, float]) -> float:
        whole = norms[kind] * self.norms[kind][place]
        return sums[kind][place] / math.sqrt(whole) if whole else 0.0

    def _weight(self, feature: str) -> float:
        texts, having = len(self.keys), len(self.places.get(feature, ()))
        if texts > MANY and having > COMMON * texts:
            return 0.0
        return math.log(1 + (1 + texts) / (1 + having))


def _features(text: str) -> Counter[str]:
    """Runs of two and three Han characters, words of Latin letters, and words as jieba cuts them."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    found: Counter[str] = Counter()
    for piece in SIGNS.findall(plain):
        if not HAN.match(piece):
            found[f"r{piece}"] += 1
            found[f"w{piece}"] += 1
            continue
        for size in (2, 3):
            found.update(f"r{piece[at : at + size]}" for at in range(len(piece) - size + 1))
    if HAN.search(plain):
        found.update(f"w{word}" for word in segment.words(plain) if len(word) > 1 and HAN.match(word))
    return found
