"""Commitments -> what the public may read of them, by field: what words are looked for in, and snippets cut from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from commitments.choices import Publication
from commitments.languages import codes, suffix
from commitments.models import Assessment, Citation, Commitment, Evidence, EvidenceLink, Note, Passage
from commitments.text.bigrams import FIELD, PART
from commitments.text.folding import key
from commitments.today import today

HEAD = ("code", "title", "quote")
BODY = ("criterion", "rationale", "note", "evidence")
FIELDS = HEAD + BODY
LONGEST = 200_000  # characters of one field


@dataclass
class Texts:
    """Of one public commitment: field -> its texts in every language, as they are shown."""

    commitment: int
    document: int
    path: str
    of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def head(self) -> str:
        return self._key(HEAD)

    @property
    def body(self) -> str:
        return self._key(BODY)

    def _key(self, fields: Iterable[str]) -> str:
        """With a blank at either end, so that a whole word has one before and after it."""
        return " " + f" {FIELD} ".join(f" {PART} ".join(_keys(self.of[name])) for name in fields) + " "


def _keys(texts: list[str]) -> list[str]:
    found, left = [], LONGEST
    for text in texts:
        found.append(key(text[:left]))
        left = max(0, left - len(text))
    return found


def texts_of(ids: Collection[int]) -> dict[int, Texts]:
    """Those of the ids that are public, in seven queries; as they stand today."""
    columns = ("pk", "document_id", "path", "in_force_id", "code", *_in_each("title"), *_in_each("criterion"))
    rows = Commitment.objects.published().filter(pk__in=ids).with_assessment(today(), today())
    found: dict[int, Texts] = {}
    judged: dict[int, int] = {}
    for pk, document, path, assessment, code, *words in rows.values_list(*columns):
        found[pk] = texts = Texts(pk, document, path)
        _put(texts, "code", [code])
        _put(texts, "title", words[: len(codes())])
        _put(texts, "criterion", words[len(codes()) :])
        if assessment:
            judged[assessment] = pk
    _add(found, "quote", _quotes(found))
    rationales = Assessment.objects.filter(pk__in=judged).values_list("pk", *_in_each("rationale"))
    _add(found, "rationale", ((judged[pk], words) for pk, *words in rationales))
    notes = Note.objects.published().filter(commitment__in=found).order_by("dated", "pk")
    _add(found, "note", ((pk, words) for pk, *words in notes.values_list("commitment", *_in_each("text"))))
    _add(found, "evidence", _evidence(found, judged))
    return found


def _in_each(name: str) -> list[str]:
    return [f"{name}_{suffix(code)}" for code in codes()]


def _put(texts: Texts, name: str, words: Iterable[str | None]) -> None:
    texts.of[name] += [text for text in words if text]


def _add(found: dict[int, Texts], name: str, rows: Iterable[tuple[int, list[str]]]) -> None:
    for pk, words in rows:
        _put(found[pk], name, words)


def _quotes(found: Collection[int]) -> Iterable[tuple[int, list[str]]]:
    rows = Passage.objects.filter(commitment__in=found, document__publication=Publication.PUBLISHED)
    return ((pk, [quote]) for pk, quote in rows.order_by("role", "pk").values_list("commitment", "quote"))


def _evidence(found: Collection[int], judged: dict[int, int]) -> Iterable[tuple[int, list[str]]]:
    """Published evidence that is linked, or cited by the assessment in force; each once."""
    by_commitment: dict[int, set[int]] = defaultdict(set)
    for pk, evidence in EvidenceLink.objects.filter(commitment__in=found).values_list("commitment", "evidence"):
        by_commitment[pk].add(evidence)
    for assessment, evidence in Citation.objects.filter(assessment__in=judged).values_list("assessment", "evidence"):
        by_commitment[judged[assessment]].add(evidence)
    wanted = {one for several in by_commitment.values() for one in several}
    shown = Evidence.objects.published().filter(pk__in=wanted).values_list("pk", "title", *_in_each("summary"))
    words = {pk: list(texts) for pk, *texts in shown}
    return ((pk, words[one]) for pk, several in by_commitment.items() for one in sorted(several) if one in words)
