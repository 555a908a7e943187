"""The forms of the one screen, bound to one commitment: what bears on it, what was typed, the one action at the end."""

from collections import defaultdict

from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from commitments.actions.review import steps_open_to
from commitments.actions.steps import Found, add_step
from commitments.admin.assess_forms import FoundForm, NoteForm, StepForm
from commitments.admin.assessment_steps import STEP_WORDS
from commitments.admin.marks import mark, status_word
from commitments.admin.refusals import Refusal, put
from commitments.choices import STATUS_GLOSSES, Bearing, Publication, ReviewState, Status
from commitments.languages import choose
from commitments.models import Assessment, Citation, Commitment, Evidence, EvidenceLink
from commitments.today import today

FoundFormSet = formset_factory(FoundForm, extra=2, max_num=2, absolute_max=2)
BUTTONS = {
    ReviewState.IN_REVIEW: STEP_WORDS[ReviewState.IN_REVIEW],
    ReviewState.PUBLISHED: _("Publish now"),
}


def bearing_on(commitment: Commitment) -> list[dict]:
    """Evidence linked to it or to a descendant, the newest first, with how it bears where."""
    links = (
        EvidenceLink.objects.filter(
            commitment__document_id=commitment.document_id, commitment__path__startswith=commitment.path
        )
        .exclude(evidence__publication=Publication.WITHDRAWN)
        .select_related("evidence__publisher", "commitment")
        .order_by("evidence__code", "commitment__path")
    )
    by_evidence: dict[Evidence, list[EvidenceLink]] = defaultdict(list)
    for link in links:
        by_evidence[link.evidence].append(link)
    cited = set(Citation.objects.filter(assessment=commitment.in_force_id).values_list("evidence", flat=True))
    rows = [_bearing(evidence, its, commitment, evidence.pk in cited) for evidence, its in by_evidence.items()]
    return sorted(rows, key=lambda row: str(row["evidence"].published_on or ""), reverse=True)


def _bearing(evidence: Evidence, links: list[EvidenceLink], commitment: Commitment, is_cited: bool) -> dict:
    own = [Bearing(link.bears).label for link in links if link.commitment_id == commitment.pk]
    below = [
        f"{link.commitment.code} {Bearing(link.bears).label}" for link in links if link.commitment_id != commitment.pk
    ]
    return {"evidence": evidence, "own": own, "below": below, "is_cited": is_cited}


class Screen:
    """`row`: a draft, or a correction that is not stored yet; without one a new assessment."""

    def __init__(self, data, commitment, row: Assessment | None, refusal: Refusal | None, roles, person):
        self.commitment, self.refusal, self.roles, self.person = commitment, refusal, roles, person
        self.row = row or Assessment(commitment=commitment, assessed_on=today())
        self.state = ReviewState(self.row.review_state)
        self.bearing = bearing_on(commitment)
        form = type(StepForm)("Step", (StepForm,), {"refusal": refusal, "__module__": __name__})
        self.form = form(data, instance=self.row, commitment=commitment, bearing=self.bearing)
        self.found = FoundFormSet(data, prefix="new")
        self.note = NoteForm(data, prefix="note")

    def is_valid(self) -> bool:
        valid = [self.form.is_valid(), self.found.is_valid(), self.note.is_valid()]
        if self.refusal:
            for each in (*self.found.forms, self.note):
                if each.prefix == self.refusal.prefix:
                    put(each, self.refusal)
        return all(valid) and not self.refusal

    def save(self, *, by, data) -> Assessment:
        then = data.get("then", "")
        self.row.is_editorial = self.form.cleaned_data.get("is_editorial", False)
        return add_step(
            self.row,
            by=by,
            then=ReviewState(then) if then in list(ReviewState) else self.state,
            with_evidence="with_evidence" in data,
            evidence=self.form.cleaned_data["evidence"],
            found=[
                Found(each.evidence(), each.cleaned_data["bears"], each.prefix)
                for each in self.found.forms
                if each.has_changed()
            ],
            note=self.note.note(self.commitment),
            expected_version=self.form.cleaned_data["version"],
        )

    # For the template.
    def statuses(self) -> list[tuple]:
        """(radio, mark, word, gloss) in the order of the scale."""
        return [
            (
                radio,
                mark(status),
                status_word(status, self.commitment.verifiability),
                choose(STATUS_GLOSSES[status]).text,
            )
            for radio, status in zip(self.form["status"], Status, strict=True)
        ]

    def choices(self) -> list[dict]:
        """The rows of evidence, each with whether it is ticked."""
        ticked = {str(value) for value in self.form["evidence"].value() or []}
        return [{**row, "is_ticked": str(row["evidence"].pk) in ticked} for row in self.bearing]

    def buttons(self) -> list[tuple]:
        """The steps that this person may take from here, beside keeping it as it is; the furthest is the main one."""
        steps = steps_open_to(self.person, self.roles, self._as_mine())
        return [(to, BUTTONS[to]) for to in steps if to in BUTTONS]

    def _as_mine(self) -> Assessment:
        """Whoever saves it has written it."""
        return self.row if self.row.pk else Assessment(author=self.person, review_state=self.state)

    def offers_evidence(self) -> bool:
        """Could a publication take hidden pages with it?"""
        drafts = any(row["evidence"].publication == Publication.DRAFT for row in self.bearing)
        return drafts and ReviewState.PUBLISHED in dict(self.buttons())

    def meanwhile(self) -> list[Assessment]:
        """After a conflict: what others have added since, the newest first."""
        if not self.form.is_in_conflict:
            return []
        others = (
            Assessment.objects.filter(commitment=self.commitment).exclude(pk=self.row.pk).exclude(author=self.person)
        )
        return list(others.order_by("-created_at", "-pk")[:3])

    def has_errors(self) -> bool:
        return bool(self.form.errors or any(self.found.errors) or self.note.errors)
