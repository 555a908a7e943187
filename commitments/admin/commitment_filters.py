"""Filters of the list of commitments that are no plain columns."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.admin.commitment_list import computed_for
from commitments.choices import Kind, Status
from commitments.models import Citation, Commitment, EvidenceLink, Party

MANY = 60  # more proposals than this are no help beside a list; choose a document first


class StatusFilter(admin.SimpleListFilter):
    """By the status that is shown: a proposal that nobody assessed counts with its computed one."""

    title = _("status in force")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices()

    def queryset(self, request, queryset):
        if self.value() not in list(Status):
            return queryset
        proposals = (
            queryset.filter(kind=Kind.PROPOSAL, in_force_id__isnull=True).order_by().values_list("pk", flat=True)
        )
        computed = computed_for(list(proposals))
        same = [pk for pk, status in computed.items() if status == self.value()]
        return queryset.filter(Q(status=self.value()) & ~Q(pk__in=list(computed)) | Q(pk__in=same))


class PartyFilter(admin.SimpleListFilter):
    title = _("party")
    parameter_name = "party"

    def lookups(self, request, model_admin):
        return [(party.code, str(party)) for party in Party.objects.all()[:MANY]]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(pk__in=Commitment.objects.filter(party_links__party__code=self.value()).values("pk"))


class EvidenceFilter(admin.SimpleListFilter):
    """None: no link, no citation, and no link of a part of it."""

    title = _("evidence")
    parameter_name = "evidence"

    def lookups(self, request, model_admin):
        return [("any", _("some")), ("none", _("none"))]

    def queryset(self, request, queryset):
        has_some = (
            Q(pk__in=EvidenceLink.objects.values("commitment"))
            | Q(pk__in=EvidenceLink.objects.filter(commitment__parent__isnull=False).values("commitment__parent"))
            | Q(
                pk__in=EvidenceLink.objects.filter(commitment__parent__parent__isnull=False).values(
                    "commitment__parent__parent"
                )
            )
            | Q(pk__in=Citation.objects.values("assessment__commitment"))
        )
        return {"any": queryset.filter(has_some), "none": queryset.exclude(has_some)}.get(self.value(), queryset)


class ProposalFilter(admin.SimpleListFilter):
    """A proposal with all that stands under it."""

    title = _("proposal")
    parameter_name = "proposal"

    def lookups(self, request, model_admin):
        proposals = Commitment.objects.filter(kind=Kind.PROPOSAL).in_tree_order()
        if (document := request.GET.get("document__id__exact", "")).isdigit():
            proposals = proposals.filter(document=document)
        found = list(proposals[: MANY + 1])
        return [(str(row.pk), str(row)) for row in found] if len(found) <= MANY else []

    def has_output(self) -> bool:
        return bool(self.lookup_choices) or self.value() is not None

    def queryset(self, request, queryset):
        if not (self.value() or "").isdigit():
            return queryset
        proposal = Commitment.objects.filter(pk=self.value()).first()
        if proposal is None:
            return queryset.none()
        return queryset.filter(document_id=proposal.document_id, path__startswith=proposal.path)
