"""Structure: every pair of kinds, every kind with every target, and what a code may look like."""

from itertools import product

import pytest
from django.utils.translation import override

from commitments.choices import Kind, Target
from commitments.rules.refusal import Refused
from commitments.rules.structure import can_place, check_code, check_place, check_wording

PLACES = {
    ("principle", None),
    ("proposal", None),
    ("measure", None),
    ("measure", "proposal"),
    ("component", "measure"),
    ("outcome", None),
    ("press", None),
}


@pytest.mark.parametrize(("kind", "parent_kind"), list(product(Kind, [*Kind, None])))
def test_every_kind_under_every_other(kind, parent_kind):
    allowed = (kind.value, parent_kind and parent_kind.value) in PLACES
    assert can_place(kind, parent_kind) == allowed
    if allowed:
        check_place(kind, parent_kind)
    else:
        with pytest.raises(Refused) as caught:
            check_place(kind, parent_kind)
        assert caught.value.field == "parent"


@pytest.mark.parametrize(
    ("kind", "parent_kind", "sentence"),
    [
        (
            Kind.COMPONENT,
            None,
            "A commitment of the kind “Part” cannot stand at the top; it stands under “Measure”.",
        ),
        (
            Kind.MEASURE,
            Kind.OUTCOME,
            "A commitment of the kind “Measure” cannot stand under “Summit agreement”; "
            "it stands under “Proposal” or at the top.",
        ),
    ],
)
@override("en")
def test_a_wrong_place_is_told_with_the_right_ones(kind, parent_kind, sentence):
    with pytest.raises(Refused, match="^" + sentence + "$"):
        check_place(kind, parent_kind)


@pytest.mark.parametrize(("kind", "target", "has_criterion"), list(product(Kind, [*Target, None], [False, True])))
def test_a_proposal_has_neither_target_nor_criterion_and_others_have_a_target(kind, target, has_criterion):
    if kind.value == "proposal":
        field = "target" if target else "criterion_zh" if has_criterion else None
    else:
        field = None if target else "target"
    if field is None:
        check_wording(kind, target, has_criterion)
    else:
        with pytest.raises(Refused) as caught:
            check_wording(kind, target, has_criterion)
        assert caught.value.field == field


@override("en")
def test_a_missing_target_is_told_with_the_types_there_are():
    with pytest.raises(Refused, match=r"“Measure” needs a type of target: One-off, Continuing, Quantified\.$"):
        check_wording(Kind.MEASURE, None, True)


@pytest.mark.parametrize("code", ["1", "A", "z", "4.2", "J12", "8.5.1", "S-3", "1.", "a--b", "x" * 32])
def test_codes_that_are_allowed(code):
    check_code(code)


@pytest.mark.parametrize(
    "code",
    ["", ".", "-1", ".5", "4 2", " 4", "4 ", "4\n", "4/2", "4_2", "四", "4.２", "é", "x" * 33, "a:b", "%"],
)
@override("en")
def test_codes_that_are_refused_with_the_value_and_what_is_allowed(code):
    with pytest.raises(Refused) as caught:
        check_code(code)
    assert caught.value.field == "code"
    assert str(caught.value) == (
        f"“{code}” is not a code: allowed are 1 to 32 Latin letters, digits, dots and hyphens, "
        "beginning with a letter or a digit."
    )
