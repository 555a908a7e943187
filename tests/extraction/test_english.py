"""English sentences -> measures."""

import pytest

from commitments.extraction.english import measures, readable


def quotes(text: str, is_list: bool = True) -> list[str]:
    return [text[each.start : each.end] for each in measures(readable(text), 0, len(text), is_list=is_list)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We will set up a secretariat.", ["set up a secretariat"]),
        ("We will open a hub and publish its accounts.", ["open a hub", "publish its accounts"]),
        ("We will maintain and intensify pressure on smugglers.", ["maintain and intensify pressure on smugglers"]),
        ("We commit to doubling our aid and to cutting waste by half.", ["doubling our aid", "cutting waste by half"]),
        ("We reaffirm our commitment to phase out coal by 2035.", ["phase out coal by 2035"]),
        ("We ask our ministers to report by June.", ["ask our ministers to report by June"]),
        ("Heads agreed to appoint a special envoy.", ["appoint a special envoy"]),
        ("China will host the expo every year.", ["host the expo every year"]),
        ("The Housing Office will inspect all homes.", ["The Housing Office will inspect all homes"]),
        ("Plant 500 trees and restore two ponds.", ["Plant 500 trees", "restore two ponds"]),
        ("We will build a clinic, thereby easing pressure.", ["build a clinic"]),
        ("We will work with partners to expand trade and strengthen ties.", None),
        ("We will negotiate a search and rescue agreement.", ["negotiate a search and rescue agreement"]),
        (
            "We will coordinate relief work – with care for the weakest – and publish results.",
            ["coordinate relief work", "publish results"],
        ),
    ],
)
def test_what_the_speaker_binds_itself_to(sentence: str, expected: list[str] | None) -> None:
    assert quotes(sentence) == (expected or [sentence.removeprefix("We will ").rstrip(".")])


@pytest.mark.parametrize(
    "sentence",
    [
        "We condemn the attacks and stand with the victims.",
        "We welcome the progress made so far.",
        "We call on private creditors to join this effort.",
        "We firmly support efforts to secure stability.",
        "It will help families to save energy.",
        "We are determined that the aggressor will ultimately need to pay.",
        "Last year we opened 40 clinics.",
        "Member States should accelerate procedures.",
    ],
)
def test_stances_appeals_results_and_duties_of_others_do_not_count(sentence: str) -> None:
    assert quotes(sentence, is_list=False) == []


def test_an_item_under_we_will_may_begin_in_lower_case() -> None:
    assert quotes("We will:\n- connect every school;\n- train 12 teachers.") == [
        "connect every school",
        "train 12 teachers",
    ]
