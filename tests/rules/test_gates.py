"""Status gates: every status against every target, and every pair from a shelf of typical evidence."""

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.choices import Bearing, EvidenceKind, Momentum, Rule, Status, Target, Voice
from commitments.rules.gates import GATES, Cited, Claim, can_meet, check_gate, only_promising_side
from commitments.rules.refusal import Refused

DOCUMENT_DATE = date(2023, 5, 19)
JUDGED = {"advancing", "stalled", "reversing"}
TARGETS = [*Target, None]


def cite(code: str = "E001", *, bears: str = "completion", below: str = "", **over) -> Cited:
    """Media evidence of one origin that carries everything."""
    values = {
        "kind": EvidenceKind.MEDIA,
        "origin": "Xinhua",
        "voice": Voice.PROMISING_SIDE,
        "published_on": date(2024, 1, 1),
        "is_summit_text": False,
        "is_source_document": False,
        "bears": frozenset(Bearing(word) for word in bears.split()),
        "bears_below": frozenset(Bearing(word) for word in below.split()),
    }
    return Cited(code=code, **{**values, **over})


def claim(status: Status, *cited: Cited, **over) -> Claim:
    target = Target.CONTINUING if status == Status.SUSTAINED else Target.ONE_OFF
    values = {"target": target, "has_check": False, "has_successor": False, "momentum": None}
    return Claim(status=status, cited=cited, document_date=DOCUMENT_DATE, **{**values, **over})


def refusal(made: Claim) -> Refused:
    with override("en"), pytest.raises(Refused) as caught:
        check_gate(made)
    assert not can_meet(made)
    return caught.value


OFFICIAL = {"kind": EvidenceKind.OFFICIAL}
KAZINFORM = {"origin": "Kazinform"}
SHELF = [
    cite("E001"),
    cite("E002", **KAZINFORM),
    cite("E003", bears="progress"),
    cite("E004", bears="progress", **OFFICIAL),
    cite("E005", **OFFICIAL, published_on=None),
    cite("E006", **OFFICIAL, published_on=DOCUMENT_DATE),
    cite("E007", **OFFICIAL, is_summit_text=True),
    cite("E008", **OFFICIAL, is_source_document=True),
    cite("E009", **OFFICIAL, bears="", below="completion"),
    cite("E010", **OFFICIAL, bears="context stall"),
    cite("E011", bears="context contradiction", below="progress", **KAZINFORM),
    cite("E012", bears="stall progress", **KAZINFORM),
    cite("E013", bears="", below="context"),
    cite("E014", bears=""),
]
CARRYING = {f"E{n:03}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12)}
STRONG = {"E001": "Xinhua", "E002": "Kazinform", "E003": "Xinhua", "E004": "official", "E012": "Kazinform"}
STRONG_COMPLETION = {"E001", "E002"}


def expected(status: str, target: str | None, codes: set[str], has_check: bool, has_successor: bool) -> str | None:
    """The codebook, told once more in terms of the shelf."""
    carrying, strong = len(codes & CARRYING), codes & set(STRONG)
    two_origins = len({STRONG[code] for code in strong}) > 1
    sources = "official_source" if "E004" in codes else "two_origins" if two_origins else None
    answers = {
        "not_assessed": "none_needed",
        "no_evidence": "checked" if has_check else None,
        "not_started": "one_source" if codes else None,
        "initiated": "one_carrying" if carrying >= 1 else None,
        "underway": "one_carrying" if carrying >= 1 else None,
        "substantial": "two_carrying" if carrying >= 2 else None,
        "completed": sources if codes & STRONG_COMPLETION and target != "continuing" else None,
        "sustained": sources if target in ("continuing", None) else None,
        "superseded": "one_source" if codes and has_successor else None,
        "dropped": "one_source" if codes else None,
    }
    return None if "E014" in codes else answers[status]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("status", Status)
def test_every_status_target_and_pair_of_evidence(status, target):
    chosen = [pair for size in range(3) for pair in combinations(SHELF, size)]
    for cited, has_check, has_successor in product(chosen, [False, True], [False, True]):
        made = claim(status, *cited, target=target, has_check=has_check, has_successor=has_successor)
        codes = {c.code for c in cited}
        rule = expected(status.value, target and target.value, codes, has_check, has_successor)
        assert can_meet(made) == (rule is not None), (codes, has_check, has_successor)
        if rule:
            assert check_gate(made) == Rule(rule), codes
        else:
            assert str(refusal(made)).endswith(".")


def test_every_status_has_a_gate():
    assert set(GATES) == set(Status)


@pytest.mark.parametrize("momentum", Momentum)
@pytest.mark.parametrize("status", Status)
def test_momentum_is_judged_and_only_where_something_moves(status, momentum):
    made = claim(status, cite("E001"), cite("E002", **OFFICIAL), has_check=True, has_successor=True)
    assert can_meet(made)
    moves = status.value in {"initiated", "underway", "substantial", "completed", "sustained"}
    fits = moves and momentum.value in JUDGED
    assert can_meet(replace(made, momentum=momentum)) == fits
    if not fits:
        assert refusal(replace(made, momentum=momentum)).field == "momentum"


@pytest.mark.parametrize("kind", EvidenceKind)
def test_one_source_carries_completion_only_when_official(kind):
    assert can_meet(claim(Status.COMPLETED, cite(kind=kind))) == (kind.value == "official")


@pytest.mark.parametrize("bearing", Bearing)
@pytest.mark.parametrize("status", [Status.INITIATED, Status.UNDERWAY])
def test_only_completion_and_progress_carry_also_from_a_part(status, bearing):
    carries = bearing.value in {"completion", "progress"}
    assert can_meet(claim(status, cite(bears=bearing))) == carries
    assert can_meet(claim(status, cite(bears="", below=bearing))) == carries


@pytest.mark.parametrize("bearing", Bearing)
@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.DROPPED])
def test_any_bearing_is_enough_to_say_not_begun_or_discontinued(status, bearing):
    assert check_gate(claim(status, cite(bears=bearing))) == Rule.ONE_SOURCE


def test_the_day_after_the_document_is_late_enough():
    assert can_meet(claim(Status.COMPLETED, cite(**OFFICIAL, published_on=date(2023, 5, 20))))


def test_undated_evidence_may_stand_beside_what_carries():
    assert can_meet(claim(Status.COMPLETED, cite(**OFFICIAL), cite("E002", published_on=None)))


def test_the_same_evidence_twice_is_one_piece():
    assert not can_meet(claim(Status.SUBSTANTIAL, cite(), cite()))


def test_an_unknown_origin_is_no_second_origin():
    assert not can_meet(claim(Status.COMPLETED, cite(), cite("E002", origin="")))


def test_completion_must_come_from_evidence_that_itself_counts():
    undated = cite("E002", published_on=None)
    made = claim(Status.COMPLETED, cite(bears="progress", **OFFICIAL), undated)
    assert str(refusal(made)) == (
        "Delivered needs at least 1 piece of evidence that shows completion, dated after 2023-05-19; "
        "what counts shows progress only: E001. Not counted: E002 (undated)."
    )


SENTENCES = [
    (
        claim(Status.COMPLETED, cite(**OFFICIAL), target=Target.CONTINUING),
        "status",
        "Delivered is for these types of target: One-off, Quantified. The target here is Continuing.",
    ),
    (
        claim(Status.SUSTAINED, cite(**OFFICIAL), target=Target.QUANTIFIED),
        "status",
        "Running regularly is for these types of target: Continuing. The target here is Quantified.",
    ),
    (
        claim(Status.NO_EVIDENCE),
        "status",
        "No direct evidence found needs a check that says where and when someone looked; none is on record.",
    ),
    (
        claim(Status.SUPERSEDED, cite()),
        "status",
        "Replaced needs a link to the commitment that takes over; none is set.",
    ),
    (
        claim(Status.SUPERSEDED, has_successor=True),
        "evidence",
        "Replaced needs at least 1 piece of evidence of any bearing; none is cited.",
    ),
    (
        claim(Status.NOT_ASSESSED, cite("E007", bears="")),
        "evidence",
        "E007 does not bear on this commitment or on a part of it, and cannot be cited.",
    ),
    (
        claim(Status.UNDERWAY, cite(), cite("E007", bears=""), cite("E008", bears="")),
        "evidence",
        "E007, E008 do not bear on this commitment or on a part of it, and cannot be cited.",
    ),
    (
        claim(Status.UNDERWAY),
        "evidence",
        "Being carried out needs at least 1 piece of evidence of progress or completion (has 0).",
    ),
    (
        claim(Status.SUBSTANTIAL, cite(), cite("E002", bears="context stall"), cite("E003", bears="", below="context")),
        "evidence",
        "Largely delivered needs at least 2 pieces of evidence of progress or completion (has 1). "
        "Not counted: E002 (bears only as Shows a stall, Context), E003 (bears only as Context).",
    ),
    (
        claim(Status.COMPLETED),
        "evidence",
        "Delivered needs evidence of progress or completion of the commitment itself, dated after 2023-05-19: "
        "an official source, or sources of 2 different origins. Nothing cited counts.",
    ),
    (
        claim(
            Status.COMPLETED,
            cite("E001"),
            cite("E002", published_on=None),
            cite("E003", published_on=DOCUMENT_DATE, is_summit_text=True),
            cite("E004", is_source_document=True),
            cite("E005", bears="context"),
            cite("E006", bears="stall", below="progress"),
        ),
        "evidence",
        "Delivered needs evidence of progress or completion of the commitment itself, dated after 2023-05-19: "
        "an official source, or sources of 2 different origins. 1 counts: E001, not official. "
        "Not counted: E002 (undated), E003 (dated 2023-05-19, not after the document, a summit's own text), "
        "E004 (the source document itself), E005 (bears only as Context), "
        "E006 (shows progress or completion only of a part).",
    ),
    (
        claim(Status.SUSTAINED, cite(), cite("E002")),
        "evidence",
        "Running regularly needs evidence of progress or completion of the commitment itself, dated after 2023-05-19: "
        "an official source, or sources of 2 different origins. "
        "2 count: E001, E002, none official and not of 2 origins.",
    ),
    (
        claim(Status.UNDERWAY, cite(), momentum=Momentum.QUIET),
        "momentum",
        "“Nothing new found lately” is computed, never entered; allowed are: Advancing, Stalled, Indicator falling.",
    ),
    (
        claim(Status.DROPPED, cite(), momentum=Momentum.STALLED),
        "momentum",
        "Discontinued has no recent movement (“Stalled” is given); these have: Formal steps taken, "
        "Being carried out, Largely delivered, Delivered, Running regularly.",
    ),
]


@pytest.mark.parametrize(("made", "field", "sentence"), SENTENCES, ids=lambda value: "")
def test_a_refusal_says_what_is_missing_and_what_does_not_count(made, field, sentence):
    refused = refusal(made)
    assert (refused.field, str(refused)) == (field, sentence)


@pytest.mark.parametrize("voice", Voice)
def test_the_promising_side_alone_is_recognised(voice):
    ours = cite()
    assert only_promising_side([ours, cite("E002")])
    assert only_promising_side([ours, cite("E002", voice=voice)]) == (voice.value == "promising_side")


def test_no_evidence_at_all_is_nobody_s_statement():
    assert not only_promising_side([])


evidence = st.builds(
    Cited,
    code=st.sampled_from(["E001", "E002", "E003", "E004"]),
    kind=st.sampled_from(EvidenceKind),
    origin=st.sampled_from(["Xinhua", "Kazinform", ""]),
    voice=st.sampled_from(Voice),
    published_on=st.sampled_from([None, DOCUMENT_DATE, date(2024, 1, 1)]),
    is_summit_text=st.booleans(),
    is_source_document=st.booleans(),
    bears=st.frozensets(st.sampled_from(Bearing)),
    bears_below=st.frozensets(st.sampled_from(Bearing), min_size=1),
)


@settings(deadline=None, max_examples=150)
@given(status=st.sampled_from(Status), cited=st.lists(evidence, max_size=4), more=evidence)
def test_more_evidence_never_loses_a_status(status, cited, more):
    made = claim(status, *cited, has_check=True, has_successor=True)
    if can_meet(made):
        assert can_meet(replace(made, cited=(*made.cited, more)))


@settings(deadline=None, max_examples=150)
@given(cited=st.lists(evidence, max_size=4))
def test_completion_of_a_proposal_implies_a_formal_step(cited):
    if can_meet(claim(Status.COMPLETED, *cited, target=None)):
        assert can_meet(claim(Status.SUSTAINED, *cited, target=None))
        assert can_meet(claim(Status.INITIATED, *cited, target=None))
