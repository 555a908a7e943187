"""English sentences -> measures."""

import pytest

from commitments.extraction.english import measures, readable
from commitments.extraction.extract import extract


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
        ("Building 900 homes and fast-tracking permits.", ["Building 900 homes", "fast-tracking permits"]),
        ("Storing rain water, as we promised.", ["Storing rain water"]),
        ("We affirm our commitment to widen the strait.", ["widen the strait"]),
        ("Norland, for its part, will deepen the strait.", ["deepen the strait"]),
        ("We will dredge the strait with the aim of easing trade.", ["dredge the strait"]),
        ("How we will achieve this", []),
        ("Renting should be secure.", []),
        ("We will build a clinic, thereby easing pressure.", ["build a clinic"]),
        ("We will work with partners to expand trade and strengthen ties.", None),
        ("We will negotiate a search and rescue agreement.", ["negotiate a search and rescue agreement"]),
        ("A bill will be introduced to free the rivers.", ["A bill will be introduced to free the rivers"]),
        ("Every pupil in the valley will get a free seat.", ["Every pupil in the valley will get a free seat"]),
        ("The Harbour Board of Norhaven will dredge the bay.", ["The Harbour Board of Norhaven will dredge the bay"]),
        ("Also decides to convene a meeting in 2031;", ["convene a meeting in 2031"]),
        ("They tasked the Secretariat to draft a plan.", ["tasked the Secretariat to draft a plan"]),
        ("She said the Government would waive all fees.", ["waive all fees"]),
        ("We will cut fees, in line with the law, and build two schools.", ["cut fees", "build two schools"]),
        ("We’ll rebuild the bridge, and I’m sending 20 engineers.", ["rebuild the bridge", "sending 20 engineers"]),
        ("By June, open a school.", ["By June, open a school"]),
        ("PROMOTE trade and ESTABLISH a panel.", ["PROMOTE trade", "ESTABLISH a panel"]),
        ("Ministers to meet every year.", ["Ministers to meet every year"]),
        ("We will fully apply the law.", ["fully apply the law"]),
        (
            "We will coordinate relief work – with care for the weakest – and publish results.",
            ["coordinate relief work", "publish results"],
        ),
    ],
)
def test_what_the_speaker_binds_itself_to(sentence: str, expected: list[str] | None) -> None:
    assert quotes(sentence) == (expected if expected is not None else [sentence.removeprefix("We will ").rstrip(".")])


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
        "Rising prices have hurt the poor.",
        "Building on this success, the forum is a model for others.",
        "Supply has increased in recent years.",
        "The Agenda will guide the work of all bodies.",
        "We see no evidence that Norland is committed to ending the raids.",
        "Encourages all States to join.",
        "Let me thank the host.",
    ],
)
def test_stances_appeals_results_and_duties_of_others_do_not_count(sentence: str) -> None:
    assert quotes(sentence, is_list=False) == []


def test_an_item_under_we_will_may_begin_in_lower_case() -> None:
    assert quotes("We will:\n- connect every school;\n- train 12 teachers.") == [
        "connect every school",
        "train 12 teachers",
    ]


PAST_AND_TO_COME = """Our record

What we have delivered so far includes:
• Opening four clinics
• Halving the backlog of repairs
It is a record to be proud of. In the next term we will:
• Rail services every thirty minutes
• To balance the budget by 2033
"""


def test_a_list_of_what_was_done_is_no_list_of_promises() -> None:
    assert [proposal.quote for proposal in extract(PAST_AND_TO_COME).proposals] == [
        "• Rail services every thirty minutes",
        "• To balance the budget by 2033",
    ]


def test_a_promise_above_a_list_makes_promises_of_what_its_items_name() -> None:
    named = [measure.quote for proposal in extract(PAST_AND_TO_COME).proposals for measure in proposal.measures]
    assert named == ["Rail services every thirty minutes", "balance the budget by 2033"]


def test_the_lines_under_a_title_of_pledges_are_promises() -> None:
    text = "Our key pledges\n1. Warm homes: 900 new boilers by 2033\n2. Free ferries: No fares on Sundays\n"
    assert [measure.quote for proposal in extract(text).proposals for measure in proposal.measures] == [
        "900 new boilers by 2033",
        "No fares on Sundays",
    ]
