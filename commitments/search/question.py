"""What a reader typed -> what must be found: exact phrases, content words, words to leave out, codes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from commitments.search.stopwords import ENGLISH, NOT_ALONE, STOPWORDS
from commitments.text import segment
from commitments.text.bigrams import Phrase
from commitments.text.folding import IS_HAN, fold, is_han

TERM = re.compile(
    r"""(?P<minus>(?:(?<=\s)|^)[-－])?(?:
        (?P<code>code[:：](?P<place>\S+))
        | "(?P<straight>[^"]*)" | “(?P<curly>[^”]*)” | 「(?P<corner>[^」]*)」 | 『(?P<double>[^』]*)』
        | (?P<plain>(?:(?!["“「『]\S[^"”」』]*["”」』])\S)+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
NATURAL_ID = re.compile(r"[a-z0-9][a-z0-9-]*/[A-Za-z0-9][A-Za-z0-9.-]{0,31}", re.IGNORECASE)
PHRASE_UP_TO = 4  # Han characters that are looked for as they stand
CUT_FROM = 3  # of these, where they stand nowhere: a word of two is not cut
# Quotation marks within running text belong to the text: 共建“一带一路”合作, as it is copied from a source.
# Straight ones do not tell which of them opens.
WITHIN = re.compile(r"(?<=[\w，、。；：）])[“「『]([^“”「」『』]*)[”」』](?=[\w，、。；：（])")
SHORTEST_PART, MOST_SPLIT = 3, 20  # letters of a part of a word, and of a word that may be two
SHORTEST_BEGUN = 4
MOST_WORDS = 16


@dataclass(frozen=True)
class Code:
    """`document` is empty where a code alone was given."""

    document: str
    code: str


@dataclass(frozen=True)
class Question:
    """All `phrases` and all `words` must be found, none of `without`; only the words may be relaxed."""

    phrases: tuple[Phrase, ...] = ()
    words: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()
    codes: tuple[Code, ...] = ()
    codes_without: tuple[Code, ...] = ()
    whole: Phrase = Phrase(())
    can_be_cut: bool = False  # its phrase was not quoted

    @property
    def wanted(self) -> tuple[Phrase, ...]:
        return self.phrases + self.words

    @property
    def is_empty(self) -> bool:
        """Nothing to look for: signs alone."""
        return not (self.wanted or self.without or self.codes or self.codes_without)


def read(q: str, terms: Callable[[], Iterable[str]] = tuple, *, cut: bool = False) -> Question:
    """`terms`: gives the keys of the register's own terms, which are kept whole; asked only where words are cut.

    `cut`: a short phrase that was not quoted is read as words, too.
    """
    phrases: list[Phrase] = []
    without: list[Phrase] = []
    codes: list[Code] = []
    codes_without: list[Code] = []
    plain: list[str] = []
    for match in TERM.finditer(WITHIN.sub(r"\1", q)):
        said = match.groupdict()
        text = next((said[name] for name in ("straight", "curly", "corner", "double") if said[name] is not None), None)
        place = said["place"] or (said["plain"] if NATURAL_ID.fullmatch(said["plain"] or "") else None)
        if place:
            (codes_without if said["minus"] else codes).append(_code(place))
        elif said["minus"]:
            without.append(Phrase.of(text if text is not None else said["plain"]))
        elif text is not None:
            phrases.append(Phrase.of(text))
        else:
            plain.append(said["plain"])
    words: list[Phrase] = []
    is_short = is_phrase(plain)
    if is_short and not cut:
        phrases.append(Phrase.of(plain[0]))
    elif is_short:
        words = [Phrase.of(word) for word in _split(plain[0], terms)]
    else:
        words = content_words(plain, terms)
    return Question(
        _each(phrases),
        _each(words),
        _each(without),
        tuple(codes),
        tuple(codes_without),
        Phrase.of(" ".join(plain)),
        can_be_cut=is_short and not cut and Phrase.of(plain[0]).han >= CUT_FROM,
    )


def is_code(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]?[0-9][A-Za-z0-9.-]{0,30}", text))


def _code(place: str) -> Code:
    document, _, code = fold(place).rpartition("/")
    return Code(document, code)


def _each(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))[:MOST_WORDS]


def is_phrase(plain: list[str]) -> bool:
    """One term of one to four Han characters, whatever else is in it: it is looked for as it stands."""
    return len(plain) == 1 and 1 <= len(IS_HAN.findall(fold(plain[0]))) <= PHRASE_UP_TO


def content_words(plain: list[str], terms: Callable[[], Iterable[str]]) -> list[Phrase]:
    """Each term by itself; a short one is a word as it stands, of a long one its content words."""
    found: list[Phrase] = []
    for term in plain:
        found += [Phrase.of(term)] if is_phrase([term]) else [Phrase.of(word) for word in _split(term, terms)]
    found = [word for word in found if word]
    telling = [word for word in found if not _is_empty(word)]
    return telling or [word for word in found if str(word) not in STOPWORDS] or found


def _split(term: str, terms: Callable[[], Iterable[str]]) -> list[str]:
    folded = fold(term)
    return segment.words_around(folded, terms()) if IS_HAN.search(folded) else [term]


def _is_empty(word: Phrase) -> bool:
    text = str(word)
    if text in STOPWORDS or text in ENGLISH:
        return True
    return (len(text) == 1 and is_han(text)) or text in NOT_ALONE


def parts_of(word: Phrase) -> tuple[Phrase, ...]:
    """Shorter words within one that stands nowhere: 考古队 -> 考古, counterterrorism -> counter terrorism."""
    if word.han > 2:
        parts = segment.search_words(str(word))
        return tuple(Phrase.of(part) for part in parts if 2 <= len(part) < len(str(word)))
    text = str(word)
    if word.han or " " in text or not 2 * SHORTEST_PART <= len(text) <= MOST_SPLIT:
        return ()
    return tuple(Phrase.of(f"{text[:at]} {text[at:]}") for at in range(SHORTEST_PART, len(text) - SHORTEST_PART + 1))


def begun_by(word: Phrase) -> tuple[Phrase, ...]:
    """Longer words that begin with one that is not Han: cybersec -> cybersecurity."""
    text = str(word)
    return () if word.han or " " in text or len(text) < SHORTEST_BEGUN else (Phrase.begun(text),)
