"""The list of commitments: rows in tree order with what is in force, a proposal's computed status, and the search."""

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from commitments.admin.marks import NOTHING, confidence_mark, momentum_mark, state_word, status_mark
from commitments.catalogue.clock import Clock
from commitments.catalogue.standing import part_statuses
from commitments.choices import Kind, Status
from commitments.models import Assessment, Commitment, Evidence, EvidenceLink, Passage
from commitments.rules.rollup import computed_status
from commitments.today import today

WORDS_IN = ("title_zh", "title_en", "criterion_zh", "criterion_en")


def standing(queryset: QuerySet) -> QuerySet:
    """What is in force today, and how many pieces of evidence bear on it."""
    links = EvidenceLink.objects.filter(commitment=OuterRef("pk")).order_by().values("commitment")
    return queryset.with_momentum(today(), today()).annotate(
        evidence_count=Coalesce(Subquery(links.annotate(n=Count("pk")).values("n")), 0)
    )


def computed_for(proposals: list[int]) -> dict[int, Status]:
    """One query: the computed status of each of these proposals that has one."""
    parts = part_statuses(Clock.now(), of=proposals)
    found = {parent: computed_status(statuses) for parent, statuses in parts.items()}
    return {parent: status for parent, status in found.items() if status}


def show_status(rows: list[Commitment]) -> None:
    """Sets `shown_status` and `is_computed`: a proposal that nobody assessed shows the computed one."""
    open_ones = [row.pk for row in rows if row.kind == Kind.PROPOSAL and not row.in_force_id]
    computed = computed_for(open_ones) if open_ones else {}
    for row in rows:
        row.is_computed = row.pk in computed
        row.shown_status = computed.get(row.pk) or Status(row.status)


class TreeList(ChangeList):
    def get_results(self, request) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        show_status(self.result_list)


def search(queryset: QuerySet, typed: str) -> QuerySet:
    """Every word must be found somewhere; a code that is meant exactly comes first, then those that begin with it."""
    for word in typed.split():
        queryset = queryset.filter(_found(word))
    rank = Case(
        When(code__iexact=typed.strip(), then=Value(0)),
        When(code__istartswith=typed.strip(), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return queryset.annotate(rank=rank)


def _found(word: str) -> Q:
    found = Q(code__istartswith=word)
    for field in WORDS_IN:
        found |= Q(**{f"{field}__icontains": word})
    quoted = Passage.objects.filter(quote__icontains=word)
    judged = Assessment.objects.filter(Q(rationale_zh__icontains=word) | Q(rationale_en__icontains=word))
    # What was captured is for staff alone, so that it stands in no index of the public search.
    captured = Evidence.objects.filter(Q(snapshots__text__icontains=word) | Q(snapshots__title__icontains=word))
    linked = EvidenceLink.objects.filter(evidence__in=captured)
    several = (quoted, judged, linked)
    return found | Q(*[("pk__in", rows.values("commitment")) for rows in several], _connector=Q.OR)


class ListColumns(admin.ModelAdmin):
    """Columns and search of the list; `standing` and `show_status` have filled the rows."""

    list_display = (
        "place",
        "assess_column",
        "kind_word",
        "status_column",
        "momentum_column",
        "confidence_column",
        "as_of_column",
        "checked_column",
        "evidence_column",
        "publication_column",
    )
    list_display_links = ("place",)
    search_fields = ("code",)  # shows the box; what it does stands in `search`
    search_help_text = _("A code, or words of the title, the quote, the criterion, a rationale or a captured page.")

    def get_changelist(self, request, **kwargs):
        return TreeList

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        found = search(queryset, search_term)
        return (found if ORDER_VAR in request.GET else found.order_by("rank", "document_id", "path")), False

    @admin.display(description=_("commitment"), ordering="path")
    def place(self, row):
        return format_html(
            '<span class="place depth-{}"><span class="code">{}</span> {}</span>',
            row.depth,
            row.code,
            row.words("title"),
        )

    @admin.display(description=_("kind"))
    def kind_word(self, row):
        return Kind(row.kind).label

    @admin.display(description=_("status"))
    def status_column(self, row):
        return status_mark(row.shown_status, row.verifiability, computed=row.is_computed)

    @admin.display(description=_("recent movement"))
    def momentum_column(self, row):
        return momentum_mark(row.momentum)

    @admin.display(description=_("confidence"))
    def confidence_column(self, row):
        return confidence_mark(row.confidence)

    @admin.display(description=_("holds from"), ordering="status_as_of")
    def as_of_column(self, row):
        return row.status_as_of.isoformat() if row.status_as_of else NOTHING

    @admin.display(description=_("last checked"), ordering="last_checked_on")
    def checked_column(self, row):
        return row.last_checked_on.isoformat() if row.last_checked_on else NOTHING

    @admin.display(description=_("evidence"), ordering="evidence_count")
    def evidence_column(self, row):
        return row.evidence_count or NOTHING

    @admin.display(description=_("publication"))
    def publication_column(self, row):
        return state_word(row.publication)

    @admin.display(description="")
    def assess_column(self, row):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:commitments_commitment_assess", args=[row.pk]), _("Assess")
        )
