"""The search: what a reader typed -> the commitments that it names, the nearest of them in order, and how it was read.

Rows with all phrases and all words, and none of those left out. Where words find less than FEW rows, those come in
that have at least half of the words' weight (`relaxed`). Only up to MOST_RANKED rows are ranked: those with everything
in code, title or quote first, then by id.
"""

from collections.abc import Sequence
from functools import cached_property
from math import log

from django.db.models import Q

from commitments.models import Commitment, Party, SearchTerm
from commitments.models.commitment import has_code
from commitments.search import synonyms
from commitments.search.question import Code, Question, begun_by, parts_of, read
from commitments.search.ranking import Ranking, Word, share_found
from commitments.search.shelf import MOST_COUNTED, Entry, Shelf
from commitments.search.stopwords import weight_of
from commitments.text.bigrams import Phrase
from commitments.text.folding import key

FEW = 3
HALF = 0.5
UNKNOWN = 0.5  # of the usual weight, for a word that stands nowhere and for which others may stand
IN_NO_HEAD = 0.5  # of a word that is in no code, title or quote: it is rare, but tells little of what is promised
A_PARTY = 0.5  # of a country's name and the like, which many rows share
LARGEST_TERM = 3.0  # words
MOST_RANKED = 500  # each costs; with a million rows a common word has a hundred thousand
MOST_WHOLE = 200  # above, rows are ranked by code, title and quote alone
MOST_TERMS = 5_000


def parties() -> frozenset[str]:
    """Keys of their names."""
    names = Party.objects.order_by().values_list("name_zh", "name_en")[:MOST_TERMS]
    return frozenset(key(name) for pair in names for name in pair if name)


def own_terms() -> list[str]:
    """Keys of the register's terms."""
    return list(SearchTerm.objects.order_by().values_list("key", flat=True)[:MOST_TERMS])


class Found:
    """Read when asked for. `ranked`: place in the order of nearness -> lower is nearer, by id of the commitment."""

    def __init__(self, q: str) -> None:
        self.shelf = Shelf()
        self.question: Question = read(q, own_terms)
        self.is_cut = self.question.can_be_cut and not self._first
        if self.is_cut:  # a phrase that stands nowhere
            self.question = read(q, own_terms, cut=True)
            del self._first

    @property
    def most_ranked(self) -> int:
        return MOST_RANKED

    @property
    def is_behind(self) -> bool:
        return self.shelf.is_behind

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """With weights by how rare they are; a single one needs none."""
        phrases = self.question.wanted
        if len(phrases) == 1:
            return (Word(phrases[0], 1.0, self._others(phrases[0]) + (() if self._first else parts_of(phrases[0]))),)
        numbers = [self.shelf.number_with(phrase) for phrase in phrases]
        rarities = [log(1 + self.shelf.number / number) for number in numbers if number]
        unknown = UNKNOWN * sum(rarities) / len(rarities) if rarities else 1.0
        named = parties()
        found = []
        for phrase, number in zip(phrases, numbers, strict=True):
            others = self._others(phrase) + (() if number else parts_of(phrase))
            weight = log(1 + self.shelf.number / number) if number else unknown if self._stand(others) else 0.0
            weight *= weight_of(phrase) * _size(phrase) * (A_PARTY if str(phrase) in named else 1.0)
            found.append(Word(phrase, weight if self._is_in_heads(phrase, number) else IN_NO_HEAD * weight, others))
        return tuple(found)

    def _stand(self, others: Sequence[Phrase]) -> bool:
        return bool(others and self.shelf.with_any(others, limit=1))

    def _is_in_heads(self, phrase: Phrase, number: int) -> bool:
        """Asked of rare words alone."""
        return not 0 < number < MOST_COUNTED or bool(self.shelf.ids([phrase], limit=1, head=True))

    def _others(self, phrase: Phrase) -> tuple[Phrase, ...]:
        return (*synonyms.of(phrase), *begun_by(phrase)) if phrase in self.question.words else ()

    @cached_property
    def shown(self) -> tuple[Phrase, ...]:
        """What to mark in the rows: the words, and in relaxed results those that stand for them."""
        others = [other for word in self.words for other in word.others] if self.is_relaxed else []
        return tuple(dict.fromkeys([*self.question.wanted, *others]))

    @cached_property
    def strict(self) -> Q:
        """Everything that was asked for, to the word."""
        asked = self.question
        if asked.is_empty:
            return Q(pk__in=[])
        found = Q()
        if asked.wanted:
            found &= self.shelf.matching(asked.wanted, asked.without)
        else:
            for phrase in asked.without:
                found &= ~self.shelf.matching([phrase])
        return found & self.of_codes

    @cached_property
    def of_codes(self) -> Q:
        found = Q()
        for code in self.question.codes:
            found |= _is(code)
        for code in self.question.codes_without:
            found &= ~_is(code)
        return found

    @cached_property
    def relaxed_entries(self) -> list[Entry]:
        """Rows with half of the weight, where all of the words find too few; empty where they are enough."""
        asked = self.question
        if not asked.words or len(self._first) >= FEW:
            return []
        words = [word for word in self.words if word.phrase in asked.words]
        entries = self.shelf.entries(self._candidates(words))
        return [
            entry for entry in entries if entry.fits(asked.phrases, asked.without) and share_found(entry, words) >= HALF
        ]

    def _candidates(self, words: Sequence[Word]) -> list[int]:
        """Every row with half of the weight has one of the heavier words, or what stands for it: so few that the
        lighter ones do not make up half. Where these are too many, all but the lightest words are asked for at once."""
        heavy = sorted(words, key=lambda word: -word.weight)
        needed, total = 0, sum(word.weight for word in words)
        while needed < len(heavy) and sum(word.weight for word in heavy[needed:]) >= HALF * total:
            needed += 1
        any_of = [phrase for word in heavy[:needed] for phrase in (word.phrase, *word.others)]
        found = self.shelf.with_any(list(dict.fromkeys(any_of)), limit=MOST_RANKED + 1)
        if len(found) <= MOST_RANKED:
            return found
        best = dict.fromkeys(self._first)  # few, and those with all of the words unless phrases were asked for, too
        least = len(heavy)
        while least > 1 and sum(word.weight for word in heavy[: least - 1]) >= HALF * total:
            least -= 1
        most = max(least, len(heavy) - 1 if len(heavy) == len(self.words) else len(heavy))
        for kept in sorted({most, (most + least) // 2, least}, reverse=True):  # each takes milliseconds of a million
            if len(best) < MOST_RANKED:
                best |= dict.fromkeys(self.shelf.ids([word.phrase for word in heavy[:kept]], limit=MOST_RANKED))
        return list(dict.fromkeys([*best, *found]))[:MOST_RANKED]

    @property
    def is_relaxed(self) -> bool:
        return self.is_cut or self._takes_in_more

    @cached_property
    def _takes_in_more(self) -> bool:
        return any(entry.commitment not in self._first for entry in self.relaxed_entries)

    @cached_property
    def _first(self) -> list[int]:
        """The first rows, by id, with everything that was asked for: all of them, unless they are too many to rank."""
        return self.shelf.ids(self.question.wanted, self.question.without, limit=MOST_RANKED + 1)

    @cached_property
    def condition(self) -> Q:
        """The set: the same on every page and in every file."""
        if not self._takes_in_more:
            return self.strict
        return Q(pk__in=[entry.commitment for entry in self.relaxed_entries]) & self.of_codes

    def number(self, limit: int) -> int:
        """Of public rows, up to a limit."""
        asked = self.question
        if asked.wanted and not self.of_codes:
            if self._takes_in_more or len(self._first) <= MOST_RANKED:
                return len(self._entries)
            if not self.shelf.changed:
                return self.shelf.count(asked.wanted, asked.without, limit=limit)
        return Commitment.objects.published().filter(self.condition).order_by().values("pk")[:limit].count()

    @cached_property
    def has_rest(self) -> bool:
        """There may be more than is ranked."""
        return not self.question.wanted or (not self._takes_in_more and len(self._first) > MOST_RANKED)

    @cached_property
    def _entries(self) -> list[Entry]:
        if self._takes_in_more:
            return self.relaxed_entries
        asked = self.question
        if not asked.wanted:
            return []
        if len(self._first) <= MOST_RANKED:
            return self.shelf.entries(self._first, whole=len(self._first) <= MOST_WHOLE)
        nearest = self.shelf.ids(asked.wanted, asked.without, limit=MOST_RANKED, head=True)
        return self.shelf.entries(list(dict.fromkeys([*nearest, *self._first]))[:MOST_RANKED], whole=False)

    @cached_property
    def ranked(self) -> list[tuple[int, int, str, int]]:
        """(rank, document, path, id) of the nearest rows, in order; ties stand in tree order."""
        rank = Ranking(self.question, self.words).rank
        return sorted((rank(entry), entry.document, entry.path, entry.commitment) for entry in self._entries)


def _size(phrase: Phrase) -> float:
    """A term of several words weighs as much as these would."""
    return min(max(phrase.han / 2, len(phrase.units), 1.0), LARGEST_TERM)


def _is(code: Code) -> Q:
    document = Q(document__slug__iexact=code.document) if code.document else Q()
    return has_code(code.code) & document
