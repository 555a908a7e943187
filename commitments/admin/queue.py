"""The work queue: what waits for whom, one list for each kind of work, narrowed to a source or an analyst."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from commitments.actions.review import is_alone
from commitments.choices import Kind, Momentum, Publication, ReviewState, Status, Verifiability
from commitments.languages import codes, suffix
from commitments.models import Assessment, Commitment, EvidenceLink, SourceDocument
from commitments.rules.planning import CHECK_EVERY
from commitments.rules.review import Role
from commitments.today import today

MOST_COUNTED = 999
# What has ended is looked at again only where someone planned it.
ENDED = (Status.COMPLETED, Status.SUPERSEDED, Status.DROPPED)


@dataclass(frozen=True)
class Scope:
    """Whose queue it is, and what it is narrowed to. `responsible`: a primary key, "none", or "" for anyone."""

    user: User
    roles: frozenset[Role]
    document: SourceDocument | None = None
    proposal: Commitment | None = None
    responsible: str = ""

    def commitments(self) -> QuerySet[Commitment]:
        rows = Commitment.objects.exclude(publication=Publication.WITHDRAWN).in_tree_order()
        return rows.filter(self._within(""))

    def assessments(self, *states: ReviewState) -> QuerySet[Assessment]:
        rows = Assessment.objects.filter(self._within("commitment__"), review_state__in=states)
        return rows.order_by("created_at", "pk")

    def _within(self, to: str) -> Q:
        within = Q()
        if self.document:
            within &= Q(**{f"{to}document": self.document})
        if self.proposal:
            place = {f"{to}document": self.proposal.document_id, f"{to}path__startswith": self.proposal.path}
            within &= Q(**place)
        if self.responsible == "none":
            within &= Q(**{f"{to}responsible__isnull": True})
        elif self.responsible:
            within &= Q(**{f"{to}responsible": self.responsible})
        return within


def returned(scope: Scope) -> QuerySet:
    return scope.assessments(ReviewState.RETURNED).filter(author=scope.user)


def drafts(scope: Scope) -> QuerySet:
    return scope.assessments(ReviewState.DRAFT).filter(author=scope.user)


def to_review(scope: Scope) -> QuerySet:
    return _by_others(scope, scope.assessments(ReviewState.IN_REVIEW))


def to_publish(scope: Scope) -> QuerySet:
    return _by_others(scope, scope.assessments(ReviewState.APPROVED))


def _by_others(scope: Scope, rows: QuerySet) -> QuerySet:
    """Without what the two-person rule keeps from this person."""
    own = [row.pk for row in rows if is_alone(row, scope.user)] if settings.TRACKER_TWO_PERSON_RULE else []
    return rows.exclude(pk__in=own)


def due(scope: Scope) -> QuerySet:
    """The longest unchecked first, those never checked before all. A proposal is checked through its measures."""
    on = today()
    rows = _assessable(scope).with_last_check(on, on).with_assessment(on, on)
    return rows.filter(_is_due(on)).order_by(F("last_checked_on").asc(nulls_first=True), "document_id", "path")


def _is_due(on: date) -> Q:
    """The twin of rules/planning.py in SQL."""
    planned = Q(last_checked_on__isnull=True) | Q(next_check_on__gt=F("last_checked_on"))
    by_plan = planned & Q(next_check_on__lte=on)
    without = Q(next_check_on__isnull=True) | Q(next_check_on__lte=F("last_checked_on"))
    usual = without & (Q(last_checked_on__isnull=True) | Q(last_checked_on__lte=on - CHECK_EVERY))
    return by_plan | usual & ~Q(status__in=[status.value for status in ENDED])


def _assessable(scope: Scope) -> QuerySet:
    return scope.commitments().exclude(kind=Kind.PROPOSAL).exclude(verifiability=Verifiability.NOT_VERIFIABLE)


def new_evidence(scope: Scope) -> QuerySet:
    """Something was linked after the newest assessment was written, and that does not cite it."""
    newest = Assessment.objects.filter(commitment=OuterRef("commitment_id")).order_by("-created_at", "-pk")
    linked = EvidenceLink.history.model.objects.filter(id=OuterRef("pk"), history_type="+").order_by("history_id")
    links = (
        EvidenceLink.objects.exclude(evidence__publication=Publication.WITHDRAWN)
        .annotate(judged_at=Subquery(newest.values("created_at")[:1]), judgement=Subquery(newest.values("pk")[:1]))
        .annotate(linked_at=Subquery(linked.values("history_date")[:1]))
        .filter(linked_at__gt=F("judged_at"))
        .exclude(evidence__citations__assessment=F("judgement"))
    )
    return scope.commitments().filter(pk__in=links.values("commitment"))


def never_assessed(scope: Scope) -> QuerySet:
    return _assessable(scope).filter(~Exists(Assessment.objects.filter(commitment=OuterRef("pk"))))


def overdue(scope: Scope) -> QuerySet:
    on = today()
    return scope.commitments().filter(due_on__lt=on).with_momentum(on, on).filter(momentum=Momentum.OVERDUE)


def untranslated(scope: Scope) -> QuerySet:
    """Its title or its criterion, or the rationale in force, has no second language yet."""
    on = today()
    first, *others = (suffix(code) for code in codes())
    pending = Q(pk__in=[])
    for other in others:
        pending |= Q(**{f"title_{other}": ""})
        pending |= Q(**{f"criterion_{other}": ""}) & ~Q(**{f"criterion_{first}": ""})
        pending |= Q(**{"current__pk__isnull": False, f"current__rationale_{other}": ""})
    return scope.commitments().with_assessment(on, on).filter(pending)


class Section(NamedTuple):
    """`act`: what can be done to its rows without opening them. `role`: shown to those who hold it."""

    key: str
    title: str
    advice: str
    rows: Callable[[Scope], QuerySet]
    act: str = ""
    role: Role | None = None

    @property
    def is_of_assessments(self) -> bool:
        return self.rows in (returned, drafts, to_review, to_publish)


SECTIONS = (
    Section(
        "returned",
        _("Returned to me"),
        _("Nothing came back. A reviewer returns a draft with a reason; it then stands here until it is mended."),
        returned,
        "submit",
        Role.ANALYST,
    ),
    Section(
        "review",
        _("Waiting for review"),
        _("Nothing waits. An analyst submits a draft; it then stands here until it is approved or returned."),
        to_review,
        "approve",
        Role.REVIEWER,
    ),
    Section(
        "publish",
        _("Waiting for publication"),
        _("Nothing waits. What a reviewer approved stands here until it is published."),
        to_publish,
        "publish",
        Role.PUBLISHER,
    ),
    Section(
        "drafts",
        _("My drafts"),
        _("No drafts. What you save without submitting it stands here; the public never sees it."),
        drafts,
        "submit",
        Role.ANALYST,
    ),
    Section(
        "evidence",
        _("New evidence since the last assessment"),
        _("Nothing new. When a page is linked to a commitment after it was judged, the commitment stands here."),
        new_evidence,
    ),
    Section(
        "due",
        _("Due for a check"),
        _(
            "Nothing is due. A commitment stands here on its next check, or a week after the last one; "
            "a check says where you looked and what came of it, also when that was nothing."
        ),
        due,
        "check",
    ),
    Section(
        "overdue",
        _("Past its date"),
        _("Nothing is past its date. A commitment with a due day that passes undone stands here."),
        overdue,
    ),
    Section(
        "unassessed",
        _("Never assessed"),
        _("Everything that can be assessed has an assessment. A new commitment stands here until its first one."),
        never_assessed,
    ),
    Section(
        "untranslated",
        _("Awaiting translation"),
        _("Everything stands in both languages. What has no English yet is shown in Chinese and stands here."),
        untranslated,
    ),
)


def sections_for(roles: frozenset[Role]) -> list[Section]:
    return [section for section in SECTIONS if section.role is None or section.role in roles]


def count(rows: QuerySet) -> int:
    """Exact up to MOST_COUNTED; one more stands for “more than that”."""
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
