"""The methodology page's lines are the rules themselves: asked here again, word by word."""

import itertools
from datetime import date

import pytest
from django.utils import translation

from commitments.catalogue import glossary, method
from commitments.choices import (
    BAND_OF,
    JUDGED_MOMENTA,
    MOVING,
    STATUS_GLOSSES,
    Band,
    CheckOutcome,
    Kind,
    Momentum,
    Rule,
    Status,
    Verifiability,
)
from commitments.languages import codes, suffix
from commitments.models import Exclusion, Provenance
from commitments.rules.momentum import EXPIRES_AFTER_MONTHS, shown_momentum
from tests.factories import make_commitment, make_document

LANGUAGES = [suffix(code) for code in codes()]


@pytest.mark.parametrize("status", Status)
def test_every_status_says_what_it_asks_for(status):
    assert set(STATUS_GLOSSES[status]) == set(LANGUAGES)
    assert method.minimum(status)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.NOT_ASSESSED, [Rule.NONE_NEEDED]),
        (Status.NO_EVIDENCE, [Rule.CHECKED]),
        (Status.NOT_STARTED, [Rule.ONE_SOURCE]),
        (Status.INITIATED, [Rule.ONE_CARRYING]),
        (Status.UNDERWAY, [Rule.ONE_CARRYING]),
        (Status.SUBSTANTIAL, [Rule.TWO_CARRYING]),
        (Status.COMPLETED, [Rule.OFFICIAL_SOURCE, Rule.TWO_ORIGINS]),
        (Status.SUSTAINED, [Rule.OFFICIAL_SOURCE, Rule.TWO_ORIGINS]),
        (Status.SUPERSEDED, [Rule.ONE_SOURCE]),
        (Status.DROPPED, [Rule.ONE_SOURCE]),
    ],
)
def test_the_minimum_is_what_the_codebook_says(status, expected):
    with translation.override("en"):
        said = method.minimum(status)
        wanted = ", or ".join([expected[0].label, *(rule.label[0].lower() + rule.label[1:] for rule in expected[1:])])
        assert said.startswith(wanted)
        assert ("link to the commitment that takes over" in said) is (status == Status.SUPERSEDED)
        assert ("shows completion" in said) is (status == Status.COMPLETED)


def test_targets_stand_where_a_status_is_for_some_only():
    with translation.override("en"):
        found = {line.status: line.targets for line in method.statuses() if line.targets}
    assert found == {Status.COMPLETED: "One-off, Quantified", Status.SUSTAINED: "Continuing"}


def test_what_cannot_be_assessed_has_its_own_label():
    with translation.override("en"):
        assert method.statuses()[0].labels == ["Not yet assessed", "Not assessable"]
        assert all(len(line.labels) == 1 for line in method.statuses()[1:])


def test_the_bands_hold_every_status_once():
    assert [line.band for line in method.bands()] == list(Band)
    held = [status for line in method.bands() for status in line.statuses]
    assert sorted(held) == sorted(Status)
    assert all(BAND_OF[status] == line.band for line in method.bands() for status in line.statuses)


def test_undated_evidence_carries_neither_delivered_nor_regular():
    with translation.override("en"):
        assert method.Method().dated == "“Delivered”, “Running regularly”"
        assert method.Method().carrying == "“Shows completion”, “Shows progress”"


def test_the_scale_goes_up_from_nothing_to_both_ends():
    assert method.levels()[0] == [Status.NO_EVIDENCE, Status.NOT_STARTED]
    assert method.levels()[-1] == [Status.COMPLETED, Status.SUSTAINED]
    assert len(method.levels()) == 5


ON, LONG_AGO = date(2026, 6, 1), date(2024, 1, 1)


def applies(momentum: Momentum) -> dict:
    """What must be so that this word applies, whatever else does."""
    if momentum == Momentum.OVERDUE:
        return {"due_on": LONG_AGO}
    if momentum in JUDGED_MOMENTA:
        return {"judged": momentum, "newest_evidence_on": ON}
    if momentum == Momentum.QUIET:
        return {"latest_check": (ON, CheckOutcome.NOTHING_NEW)}
    return {}


@pytest.mark.parametrize(
    ("first", "second"),
    [pair for pair in itertools.combinations(method.MOMENTUM_ORDER, 2) if not set(pair) <= set(JUDGED_MOMENTA)],
)
def test_of_two_words_that_apply_the_earlier_in_the_list_is_shown(first, second):
    usual = {"judged": None, "newest_evidence_on": LONG_AGO, "due_on": None, "latest_check": None}
    asked = usual | applies(second) | applies(first)
    assert shown_momentum(status=Status.UNDERWAY, assessed_as_of=LONG_AGO, on=ON, **asked) == first


def test_the_list_of_movement_is_whole():
    assert sorted(method.MOMENTUM_ORDER) == sorted(Momentum)
    assert [line.momentum for line in method.momenta() if line.is_judged] == list(JUDGED_MOMENTA)
    assert method.Method().months == EXPIRES_AFTER_MONTHS
    assert all(status.label in method.Method().moving for status in MOVING)


def test_the_scores_are_those_of_the_rules():
    with translation.override("en"):
        found = {line.status: (line.ogp, line.g20) for line in method.scores()}
    assert found[Status.COMPLETED] == ("Complete", "+1")
    assert found[Status.INITIATED] == ("Limited", "0")
    assert found[Status.NOT_ASSESSED] == found[Status.SUPERSEDED] == ("–", "–")
    assert found[Status.UNDERWAY][0].startswith("Limited; Substantial when at least half")
    assert found[Status.DROPPED] == ("–", "−1 once the document is no longer followed up, until then none")


# The glossary


@pytest.mark.parametrize("vocabulary", [vocabulary for vocabulary, _name in glossary.VOCABULARIES])
@pytest.mark.parametrize("language", codes())
def test_every_word_has_a_meaning_in_every_language(vocabulary, language):
    with translation.override(language):
        assert all(glossary.meaning(word) for word in vocabulary)
    for word in glossary.MEANINGS.get(vocabulary, {}):
        assert set(glossary.MEANINGS[vocabulary][word]) == set(LANGUAGES)


def test_the_nouns_are_in_every_language():
    for noun in glossary.NOUNS:
        assert set(noun.names) == set(noun.meaning) == set(LANGUAGES)


def test_each_word_stands_beside_its_other_languages():
    with translation.override("en"):
        groups = {group.name: group.entries for group in glossary.groups()}
    assert ("Measure", [("zh-Hans", "举措")]) in [entry[:2] for entry in groups["Kind"]]


def test_not_assessable_is_a_word_of_the_status_and_of_no_other():
    """The band of the same code is another word."""
    with translation.override("en"):
        holding = [group.name for group in glossary.groups() if "Not assessable" in [e.word for e in group.entries]]
    assert holding == ["Status"]
    assert glossary.meaning(Verifiability.NOT_VERIFIABLE)


# What is read from the data


@pytest.mark.django_db
def test_drafts_are_neither_reviewed_nor_left_out_in_public():
    for publication in ("published", "draft", "withdrawn"):
        document = make_document(publication=publication)
        Provenance.objects.create(
            document=document, title_zh="说明", method_zh="方法", reviewed_on="2024-01-01", coder="x"
        )
        Exclusion.objects.create(document=document, start=0, end=2, quote=document.text[:2], reason_zh="总体愿望。")
    found = method.Method()
    assert [review.document.publication for review in found.reviews] == ["published"]
    assert [group.document.publication for group in found.left_out] == ["published"]
    assert found.left_out_count == 1


@pytest.mark.django_db
def test_only_public_commitments_cover_a_statement():
    document = make_document()
    row = Exclusion.objects.create(document=document, start=0, end=2, quote=document.text[:2], reason_zh="重复。")
    public = make_commitment(document=document, kind=Kind.MEASURE)
    row.covered_by.set([public, make_commitment(document=document, publication="draft")])
    assert list(method.Method().left_out[0].exclusions[0].covered_by.all()) == [public]


@pytest.mark.django_db
def test_limits_say_in_which_language_they_are():
    both, first = make_document(), make_document()
    words = {
        "title_zh": "说明",
        "method_zh": "方法",
        "reviewed_on": "2024-01-01",
        "coder": "x",
        "limits_zh": ["未复核。"],
    }
    Provenance.objects.create(document=both, limits_en=["Not checked."], **words)
    Provenance.objects.create(document=first, **words)
    with translation.override("en"):
        found = [(review.limits, review.limits_lang) for review in method.Method().reviews]
    assert found == [(["Not checked."], "en"), (["未复核。"], "zh-Hans")]
