"""Real workers over Redis visit 150 links of every kind, in a network where every site is ours and misbehaves.

The round of ten thousand is `python -m tests.jobs.visiting`.
"""

import shutil
from typing import Any

import pytest

from tests.jobs.visiting import trial
from tests.sources.lab import sites
from tests.sources.lab.namespace import way_in

LINKS = 150
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(way_in() is None, reason="this machine does not let us make a network of our own (unshare)"),
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server"),
]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return trial(LINKS, workers=4)


def test_every_kind_of_link_gets_its_verdict(found: dict[str, Any]):
    assert {kind for kind, _url in sites.links(LINKS)} == set(sites.KINDS)
    assert found["wrong"] == {} and found["right"] == LINKS


def test_every_visit_that_was_asked_for_is_made_and_on_record_once(found: dict[str, Any]):
    assert found["jobs"] == {"done": LINKS}
    assert found["visits"] == LINKS


def test_no_host_has_two_visitors_at_once_and_none_that_is_closed_to_robots_is_entered(found: dict[str, Any]):
    assert found["hosts"] > LINKS // 6
    assert found["most_at_one_host_at_once"] == 1
    assert found["beyond_robots"] == 0
