"""How commitments stand at a clock: status shown, what it rests on, recent movement -> Standing per row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Prefetch, Q, Value, When
from django.db.models.fields import CharField

from commitments.catalogue.clock import Clock
from commitments.choices import (
    BAND_OF,
    FURTHEST_FIRST,
    NOT_ASSESSABLE_LABELS,
    STATUS_GLOSSES,
    Band,
    Confidence,
    Kind,
    Momentum,
    Status,
    StatusBasis,
    Verifiability,
)
from commitments.languages import choose
from commitments.models import Assessment, Commitment, CommitmentQuerySet, Evidence
from commitments.models.among import among
from commitments.models.unindexed import Unindexed
from commitments.rules.rollup import computed_status, differs


@dataclass(frozen=True)
class Standing:
    """`computed` is the level of the parts (of a proposal: its measures), None while too few are judged."""

    status: Status
    basis: StatusBasis
    computed: Status | None
    parts: tuple[Status, ...]
    momentum: Momentum | None
    assessment: Assessment | None
    last_checked_on: date | None
    assessable: bool

    @property
    def band(self) -> Band:
        return BAND_OF[self.status]

    @property
    def label(self) -> str:
        if self.status == Status.NOT_ASSESSED and not self.assessable:
            return choose(NOT_ASSESSABLE_LABELS).text
        return self.status.label

    @property
    def gloss(self) -> str:
        return choose(STATUS_GLOSSES[self.status]).text

    @property
    def distribution(self) -> list[tuple[Status, int]]:
        """The parts by status, furthest along first; only the statuses that occur."""
        return [(status, self.parts.count(status)) for status in FURTHEST_FIRST if status in self.parts]

    @property
    def differs(self) -> bool:
        """The judgement and what its parts add up to are on different levels."""
        return self.assessment is not None and differs(self.status, self.computed)

    @property
    def confidence(self) -> Confidence | None:
        return Confidence(self.assessment.confidence) if self.assessment else None

    @property
    def as_of(self) -> date | None:
        return self.assessment.as_of if self.assessment else None


def with_standing(rows: CommitmentQuerySet, clock: Clock) -> CommitmentQuerySet:
    """Everything that a Standing needs and that lists filter and sort by."""
    return rows.with_momentum(clock.as_of, clock.known_on)


def computed_proposals(clock: Clock) -> dict[Status, list[int]]:
    """Proposals by their computed status, whether or not they are judged themselves."""
    by_status: dict[Status, list[int]] = defaultdict(list)
    for proposal, statuses in part_statuses(clock, kind=Kind.PROPOSAL).items():
        if status := computed_status(statuses):
            by_status[status].append(proposal)
    return by_status


def with_shown_status(rows: CommitmentQuerySet, computed: dict[Status, list[int]]) -> CommitmentQuerySet:
    """Annotate shown_status: for a proposal without a judgement of its own the computed one."""
    cases = [
        When(Q(kind=Kind.PROPOSAL, in_force_id__isnull=True, pk__in=ids), then=Value(status.value))
        for status, ids in computed.items()
    ]
    return rows.annotate(shown_status=Case(*cases, default=F("status"), output_field=CharField()))


def part_statuses(
    clock: Clock, *, kind: Kind | None = None, of: Sequence[int] | None = None
) -> dict[int, list[Status]]:
    """Statuses of the published parts by parent id, in tree order; of all parents of a kind, or of the ids given."""
    parts = Commitment.objects.published().filter(parent__isnull=False)
    if kind is not None:
        parts = parts.filter(parent__kind=kind)
    if of is not None:
        parts = parts.filter(parent__in=among(of))
    found: dict[int, list[Status]] = defaultdict(list)
    rows = parts.with_assessment(clock.as_of, clock.known_on).in_tree_order()
    for parent, status in rows.values_list("parent_id", "status"):
        found[parent].append(Status(status))
    return found


def standings(rows: Iterable[Commitment], clock: Clock) -> dict[int, Standing]:
    """Standing by primary key, of rows that went through with_standing: three queries."""
    rows = list(rows)
    judged = assessments_of(Q(pk__in=[row.in_force_id for row in rows if row.in_force_id]))
    return assembled(rows, parts_of(rows, clock), {row.pk: row for row in judged})


def parts_of(rows: Iterable[Commitment], clock: Clock) -> dict[int, list[Status]]:
    return part_statuses(clock, of=[row.pk for row in rows if row.kind in (Kind.PROPOSAL, Kind.MEASURE)])


def assembled(
    rows: Iterable[Commitment], parts: dict[int, list[Status]], judged: dict[int, Assessment]
) -> dict[int, Standing]:
    """The same from what was read already: statuses of parts by parent, assessments by id."""
    return {row.pk: _standing(row, judged.get(row.in_force_id or 0), tuple(parts.get(row.pk, ()))) for row in rows}


def assessments_of(wanted: Q) -> list[Assessment]:
    """Published assessments, newest first, each with the public evidence that it cites: two queries."""
    in_order = Evidence.objects.published().select_related("publisher").order_by(Unindexed(F("code")))
    cited = Prefetch("evidence", in_order)
    return list(Assessment.objects.published().filter(wanted).prefetch_related(cited))


def _standing(row: Commitment, assessment: Assessment | None, parts: tuple[Status, ...]) -> Standing:
    computed = computed_status(parts)
    own = Status(row.status)
    is_computed = row.kind == Kind.PROPOSAL and assessment is None
    return Standing(
        status=(computed or Status.NOT_ASSESSED) if is_computed else own,
        basis=StatusBasis.COMPUTED if is_computed else StatusBasis.ASSESSED,
        computed=computed,
        parts=parts,
        momentum=Momentum(row.momentum) if row.momentum else None,
        assessment=assessment,
        last_checked_on=row.last_checked_on,
        assessable=row.verifiability != Verifiability.NOT_VERIFIABLE,
    )
