"""Bands and headline counts: every status has its band, every kind and target its row or none."""

from collections import Counter
from itertools import product

import pytest

from commitments.choices import Band, Kind, Status, Target
from commitments.rules.bands import Row, band, headline

BANDS = {
    "results": {"completed", "sustained", "substantial"},
    "in_progress": {"underway", "initiated"},
    "none_seen": {"no_evidence", "not_started"},
    "not_assessed": {"not_assessed"},
    "changed": {"superseded", "dropped"},
}


@pytest.mark.parametrize("status", Status)
def test_every_status_is_in_its_band(status):
    assert [word for word, statuses in BANDS.items() if status.value in statuses] == [band(status).value]


def test_an_empty_register_has_four_rows_of_zeros():
    empty = Row(0, dict.fromkeys(Band, 0))
    counted = headline([])
    assert [counted.one_off, counted.continuing, counted.outcomes, counted.press] == [empty] * 4


ROW_OF = {
    ("measure", "one_off"): "one_off",
    ("measure", "quantified"): "one_off",
    ("measure", "continuing"): "continuing",
    **{("outcome", target): "outcomes" for target in Target},
    **{("press", target): "press" for target in Target},
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("kind", "target"), list(product(Kind, Target)))
def test_each_item_is_counted_in_one_row_or_none(kind, target, status):
    counted = headline([(kind, target, status)])
    for name in ("one_off", "continuing", "outcomes", "press"):
        row = getattr(counted, name)
        expected = int(ROW_OF.get((kind, target)) == name)
        assert row.total == expected
        assert row.by_band == {**dict.fromkeys(Band, 0), band(status): expected}


def test_a_proposal_without_target_is_in_no_count():
    assert headline([(Kind.PROPOSAL, None, Status.COMPLETED)]) == headline([])


def test_the_bands_of_a_row_add_up_to_its_total():
    everything = headline(product(Kind, Target, Status))
    for row in (everything.one_off, everything.continuing, everything.outcomes, everything.press):
        assert sum(row.by_band.values()) == row.total
        assert list(row.by_band) == list(Band)
    assert (everything.one_off.total, everything.continuing.total) == (2 * len(Status), len(Status))
    by_band = Counter(band(status) for status in Status)
    assert everything.continuing.by_band == dict(by_band)
