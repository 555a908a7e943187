"""How near a row is to a question, from its keys alone: the same on every database, whatever the other rows say."""

from collections.abc import Sequence
from dataclasses import dataclass

from commitments.search.question import Question
from commitments.search.shelf import Entry
from commitments.search.texts import FIELDS
from commitments.text.bigrams import FIELD, PART, Phrase
from commitments.text.folding import is_han

WEIGHTS = {"code": 40.0, "title": 12.0, "quote": 6.0, "criterion": 4.0, "rationale": 3.0, "note": 2.5, "evidence": 1.5}
WORTHS = tuple(WEIGHTS[name] for name in FIELDS)
ELSEWHERE = 0.15  # of the weight of each further field that has the word
# Of a word's worth, for what means nearly the same: in the order, and in whether a row has enough of the question.
SYNONYM, IS_THERE = 0.6, 0.8
IS_THE_CODE, FITS_TITLE, IN_TITLE, IN_QUOTE = 1_000.0, 4.0, 10.0, 5.0
STEPS = 1_000  # of one point of the score, in a rank


@dataclass(frozen=True)
class Word:
    """A phrase of the question with its weight, and others that may stand for it."""

    phrase: Phrase
    weight: float = 1.0
    others: tuple[Phrase, ...] = ()


class Ranking:
    """Of one question. What can be said before a row is seen is said here: there are up to a thousand rows."""

    def __init__(self, question: Question, words: Sequence[Word]) -> None:
        self.codes = {str(phrase) for phrase in question.wanted}
        self.total = sum(word.weight for word in words) or 1.0
        self.words = [(word.weight, word.phrase.pattern, [other.pattern for other in word.others]) for word in words]
        # Pieces of all that was asked for: a title that shares more of them is nearer, whatever the words.
        pieces = {token for phrase in (*question.phrases, question.whole) if phrase for token in phrase.tokens}
        one = len(question.wanted) == 1
        self.pieces = [] if one else [piece if is_han(piece) else f" {piece} " for piece in pieces]

    def rank(self, entry: Entry) -> int:
        """The smaller the nearer; never positive."""
        code, title, quote = head = entry.head.split(FIELD)
        fields = head + entry.body.split(FIELD) if entry.body else head
        score = sum(weight * _best(pattern, others, fields) for weight, pattern, others in self.words) / self.total
        if code.strip() in self.codes:
            score += IS_THE_CODE
        score += FITS_TITLE * self._fit(title)
        if self.pieces:
            score += IN_TITLE * self._share(title) + IN_QUOTE * self._share(quote)
        return -round(score * STEPS)

    def _fit(self, title: str) -> float:
        """How much of a title in one language the words make up."""
        if not any(pattern in title for _weight, pattern, _others in self.words):
            return 0.0
        best = 0.0
        for text in title.split(PART):
            found = sum(len(pattern.strip()) for _weight, pattern, _others in self.words if pattern in text)
            best = max(best, min(1.0, found / max(1, len(text.strip()))))
        return best

    def _share(self, text: str) -> float:
        return sum(piece in text for piece in self.pieces) / len(self.pieces)


def _best(pattern: str, others: Sequence[str], fields: Sequence[str]) -> float:
    best = _worth(pattern, fields)
    for other in others:
        best = max(best, SYNONYM * _worth(other, fields))
    return best


def _worth(pattern: str, fields: Sequence[str]) -> float:
    best = rest = 0.0
    for worth, text in zip(WORTHS, fields, strict=False):
        if pattern in text:
            if best:
                rest += worth
            else:
                best = worth
    return best + ELSEWHERE * rest


def share_found(entry: Entry, words: Sequence[Word]) -> float:
    """The part of the words' weight that the row has, from 0 to 1; near meanings count for less."""
    found = sum(word.weight * _has(entry, word) for word in words)
    return found / (sum(word.weight for word in words) or 1.0)


def _has(entry: Entry, word: Word) -> float:
    if entry.has(word.phrase):
        return 1.0
    return IS_THERE if any(entry.has(other) for other in word.others) else 0.0
