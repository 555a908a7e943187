"""The candidates of a draft register as the import desk lists them: tree order, pages, and what each button sends."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.urls import reverse

from commitments.admin.anchored_text import stretches
from commitments.choices import CandidateDecision, Kind
from commitments.models import Candidate, Commitment, DraftRegister

ON_ONE_PAGE = 200
STRONG = 0.5  # likeness from which the page says so in the list


@dataclass
class Row:
    candidate: Candidate
    depth: int
    below: list[Candidate] = field(default_factory=list)
    merges_with: Candidate | None = None
    like: Commitment | None = None

    @property
    def seen(self) -> str:
        return f"{self.candidate.pk}:{self.candidate.version}"

    @property
    def family(self) -> str:
        """Itself and what is open below it, each with its version; nothing where nothing is."""
        is_open = [row for row in self.below if row.is_open]
        return " ".join(f"{row.pk}:{row.version}" for row in (self.candidate, *is_open)) if is_open else ""

    @property
    def open_below(self) -> int:
        return sum(row.is_open for row in self.below)

    @property
    def merge(self) -> str:
        other = self.merges_with
        return f"{self.seen} {other.pk}:{other.version}" if other else ""

    @property
    def shows_quote(self) -> bool:
        """Not a whole paragraph, and not what the title says already."""
        one = self.candidate
        return one.kind != Kind.PROPOSAL and one.quote not in (one.title_zh, one.title_en)

    @property
    def title(self):
        return self.candidate.title


class DeskRows:
    """All of them in one query, whatever their number; `open_only` leaves out what is decided."""

    def __init__(self, register: DraftRegister, *, open_only: bool = False) -> None:
        self.register = register
        found = register.candidates.exclude(decision=CandidateDecision.REPLACED)
        self.candidates = list(
            found.select_related("decided_by", "commitment", "earlier__document")
            .defer("commitment__document", "earlier__document__text")
            .order_by("start", "-end", "pk")
        )
        became = Candidate.objects.filter(register=register, came_of__isnull=False).values_list("pk", flat=True)
        self.reshaped = set(became)
        self.counts = Counter(row.decision for row in self.candidates)
        self.rows = [row for row in self._rows() if row.candidate.is_open or not open_only]

    def _rows(self) -> list[Row]:
        children: dict[int | None, list[Candidate]] = defaultdict(list)
        known = {row.pk for row in self.candidates}
        for row in self.candidates:
            children[row.parent_id if row.parent_id in known else None].append(row)
        rows: list[Row] = []
        self._add(rows, children, None, 0)
        return rows

    def _add(self, rows: list[Row], children: dict, parent: int | None, depth: int) -> None:
        sisters = children[parent]
        for place, candidate in enumerate(sisters):
            following = sisters[place + 1] if place + 1 < len(sisters) else None
            can_merge = candidate.is_open and following and following.is_open and following.kind == candidate.kind
            rows.append(
                Row(candidate, depth, children.get(candidate.pk, []), following if can_merge else None),
            )
            if candidate.pk in children:
                self._add(rows, children, candidate.pk, depth + 1)

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // ON_ONE_PAGE))

    def on_page(self, number: int) -> list[Row]:
        """With the likest earlier commitment of each that is open."""
        rows = self.rows[(number - 1) * ON_ONE_PAGE : number * ON_ONE_PAGE]
        best = {row.candidate.pk: row.candidate.hints.get("like", [[0, 0]])[0] for row in rows}
        keys = [key for key, score in best.values() if score >= STRONG]
        known = Commitment.objects.with_document().in_bulk(keys)
        for row in rows:
            key, score = best[row.candidate.pk]
            row.like = known.get(key) if score >= STRONG and row.candidate.is_open else None
        return rows

    def page_of(self, key: int) -> int:
        places = [place for place, row in enumerate(self.rows) if row.candidate.pk == key]
        return places[0] // ON_ONE_PAGE + 1 if places else 1

    def address(self, key: int, query: str = "") -> str:
        """Where the row of a candidate stands on the desk."""
        page = self.page_of(key)
        base = reverse("admin:commitments_draftregister_change", args=[self.register.pk])
        asked = "&".join(part for part in (query, f"page={page}" if page > 1 else "") if part)
        return f"{base}{'?' if asked else ''}{asked}#c{key}"

    def text(self):
        """The document with each candidate marked, and where each leads."""
        many = self.pages > 1
        places = {row.candidate.pk: f"?page={place // ON_ONE_PAGE + 1}" for place, row in enumerate(self.rows)}
        for stretch in stretches(self.register.document.text, self.candidates):
            inner = stretch.inner
            yield stretch, (places.get(inner.pk, "") if many else "") if inner else ""

    def after(self, key: int) -> int | None:
        """The next open one, else the first that is left."""
        keys = [row.candidate.pk for row in self.rows]
        place = keys.index(key) if key in keys else -1
        onward = [*self.rows[place + 1 :], *self.rows[: place + 1]]
        return next((row.candidate.pk for row in onward if row.candidate.is_open and row.candidate.pk != key), None)
