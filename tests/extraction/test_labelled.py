"""Every labelled text: places are right, figures do not fall, principles are not drafted."""

import pytest

from commitments.extraction.extract import extract
from commitments.extraction.scoring import score, summary
from tests.extraction.labelled import NAMES, drafted, gold_of, text_of


def figures(least: float) -> dict:
    return summary({name: score(drafted(name), gold_of(name), text_of(name), least) for name in NAMES})


@pytest.mark.parametrize("name", NAMES)
def test_quotes_are_verbatim_in_order_and_within_their_proposal(name: str) -> None:
    text, last = text_of(name), 0
    for number, proposal in enumerate(extract(text).proposals, 1):
        assert proposal.number == number
        assert text[proposal.start : proposal.end] == proposal.quote
        assert last <= proposal.start
        place = proposal.start
        for measure in proposal.measures:
            assert text[measure.start : measure.end] == measure.quote
            assert place <= measure.start < measure.end <= proposal.end
            place = measure.end
        last = proposal.end


@pytest.mark.parametrize("name", NAMES)
def test_a_heading_that_is_called_verbatim_stands_in_its_proposal(name: str) -> None:
    for proposal in extract(text_of(name)).proposals:
        assert proposal.heading
        if proposal.heading_verbatim:
            assert "".join(proposal.heading.split()) in "".join(proposal.quote.split())


@pytest.mark.parametrize("name", NAMES)
def test_no_principle_is_drafted_as_a_proposal(name: str) -> None:
    principles = [(each["start"], each["end"]) for each in gold_of(name)["principles"]]
    for proposal in drafted(name)["proposals"]:
        assert not any(start < proposal["end"] and proposal["start"] < end for start, end in principles)


@pytest.mark.parametrize("name", NAMES)
def test_every_candidate_says_why_and_how_sure(name: str) -> None:
    found = drafted(name)
    spans = [*found["proposals"], *found["principles"], *(m for p in found["proposals"] for m in p["measures"])]
    assert all(each["reason"] and 0 < each["score"] <= 1 for each in spans)


def test_the_labels_themselves_are_sound() -> None:
    for name in NAMES:
        text, gold = text_of(name), gold_of(name)
        for proposal in gold["proposals"]:
            for measure in proposal["measures"]:
                assert text[measure["start"] : measure["end"]] == measure["quote"]
                assert proposal["start"] <= measure["start"] < measure["end"] <= proposal["end"]


@pytest.mark.parametrize(("least", "proposals", "measures"), [(0.5, 0.98, 0.97), (0.8, 0.98, 0.96)])
def test_figures_do_not_fall(least: float, proposals: float, measures: float) -> None:
    found = figures(least)
    assert found["macro"]["proposals"]["f1"] >= proposals
    assert found["macro"]["measures"]["f1"] >= measures
    assert found["invalid_spans"] == found["quotes_not_verbatim"] == 0
