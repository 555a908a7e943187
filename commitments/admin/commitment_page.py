"""What the page of a commitment shows beside its form: quotes in context, family, steps."""

from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.admin.commitment_list import show_status, standing
from commitments.admin.marks import confidence_mark, momentum_mark, state_word, status_mark
from commitments.choices import Kind, ReviewState, Status
from commitments.models import Assessment, Commitment
from commitments.rules.rollup import computed_status, differs


def quotes(commitment: Commitment) -> list[dict]:
    """Each passage in its paragraph, with the way to that paragraph of the document."""
    found = []
    for passage in commitment.passages.select_related("document"):
        before, quote, after = passage.paragraph()
        number = passage.document.text.count("\n", 0, passage.start) + 1
        page = reverse("admin:commitments_sourcedocument_change", args=[passage.document_id])
        found.append(
            {
                "passage": passage,
                "before": before,
                "quote": quote,
                "after": after,
                "number": number,
                "url": f"{page}#paragraph-{number}",
            }
        )
    return found


def family(commitment: Commitment) -> dict:
    children = list(standing(commitment.children.all()).order_by("path"))
    show_status(children)
    return {"parent": commitment.parent, "children": [(child, *marks(child)) for child in children]}


def marks(row: Commitment) -> tuple:
    return status_mark(row.shown_status, row.verifiability, computed=row.is_computed), momentum_mark(row.momentum)


def warning(commitment: Commitment, children: list[tuple]) -> str:
    """A judgement that its measures, or its parts, do not bear out."""
    below = {Kind.PROPOSAL: Kind.MEASURE, Kind.MEASURE: Kind.COMPONENT}.get(Kind(commitment.kind))
    computed = computed_status(Status(child.status) for child, *_marks in children if child.kind == below)
    if computed and commitment.in_force_id and differs(Status(commitment.status), computed):
        return _("What stands below it comes to “%(computed)s”.") % {"computed": computed.label}
    return ""


def steps(commitment: Commitment) -> list[dict]:
    """All assessments, the newest first; what no longer counts says why."""
    rows = (
        commitment.assessments.select_related("author", "party", "corrects")
        .prefetch_related("evidence", "corrected_by")
        .order_by("-as_of", "-id")
    )
    return [_step(row, commitment) for row in rows]


def _step(row: Assessment, commitment: Commitment) -> dict:
    return {
        "row": row,
        "status": status_mark(row.status, commitment.verifiability),
        "momentum": momentum_mark(row.momentum),
        "confidence": confidence_mark(row.confidence),
        "state": state_word(row.review_state),
        "rationale": row.words("rationale"),
        "in_force": row.pk == commitment.in_force_id,
        "corrected": any(each.review_state == ReviewState.PUBLISHED for each in row.corrected_by.all()),
        "withdrawn": row.words("withdrawn_reason") if row.withdrawn_at else "",
    }


def page(commitment: Commitment) -> dict:
    show_status([commitment])
    relatives = family(commitment)
    status, momentum = marks(commitment)
    return {
        "quotes": quotes(commitment),
        **relatives,
        "warning": warning(commitment, relatives["children"]),
        "steps": steps(commitment),
        "status_mark": status,
        "momentum_mark": momentum,
        "confidence_mark": confidence_mark(commitment.confidence),
        "publication_word": state_word(commitment.publication),
    }
