"""Refused is not dead, dead is not out of reach, and a single failure proves nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from commitments.choices import FetchProblem, LinkVerdict, ProbeEnd
from commitments.rules.link_health import Probe, health, next_check

NOW = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)
OK = {"end": ProbeEnd.ANSWERED, "status": 200, "text_sha256": "a"}
GONE = {"end": ProbeEnd.ANSWERED, "status": 404}
NO_NAME = {"end": ProbeEnd.FAILED, "problem": FetchProblem.NO_NAME}
LATE = {"end": ProbeEnd.FAILED, "problem": FetchProblem.TIMEOUT}
OFFLINE = {"end": ProbeEnd.OFFLINE, "problem": FetchProblem.TIMEOUT}
V = LinkVerdict


def probes(*steps: tuple[int, dict]) -> list[Probe]:
    """(hours ago, what happened), the newest first."""
    return [Probe(NOW - timedelta(hours=hours), **what) for hours, what in steps]


def answered(status: int, **more) -> dict:
    return {"end": ProbeEnd.ANSWERED, "status": status, **more}


def failed(problem: FetchProblem, status: int | None = None) -> dict:
    return {"end": ProbeEnd.FAILED, "problem": problem, "status": status}


CASES = [
    ([], V.UNCHECKED),
    ([(0, OFFLINE)], V.UNCHECKED),
    ([(0, OK)], V.OK),
    ([(0, answered(204))], V.OK),
    *(([(0, answered(status))], V.REFUSED) for status in (400, 401, 402, 403, 405, 406, 412, 418, 451, 521)),
    *(([(0, answered(status))], V.TEMPORARY) for status in (302, 404, 408, 410, 425, 429, 500, 502, 503, 504, 522)),
    *(
        ([(0, failed(problem))], V.TEMPORARY)
        for problem in (FetchProblem.TIMEOUT, FetchProblem.CONNECT, FetchProblem.TLS, FetchProblem.NO_NAME)
    ),
    ([(0, failed(FetchProblem.TOO_LARGE, 200))], V.OK),
    ([(0, failed(FetchProblem.TOO_LARGE, 500))], V.TEMPORARY),
    ([(0, failed(FetchProblem.ENCODING, 200))], V.OK),
    ([(0, {"end": ProbeEnd.ROBOTS})], V.BLOCKS_ROBOTS),
    ([(0, {"end": ProbeEnd.NOT_ASKED, "problem": FetchProblem.ADDRESS})], V.NOT_ASKED),
    ([(0, answered(200, is_moved=True))], V.MOVED),
    ([(0, answered(200, text_sha256="b"))], V.CHANGED),
    ([(0, answered(200, is_moved=True, text_sha256="b"))], V.MOVED),
    ([(0, GONE), (40, GONE), (72, GONE)], V.DEAD),
    ([(0, GONE), (40, GONE), (71, GONE)], V.TEMPORARY),
    ([(0, GONE), (900, GONE)], V.TEMPORARY),
    ([(0, GONE), (1, GONE), (2, GONE), (3, GONE)], V.TEMPORARY),
    ([(0, NO_NAME), (40, GONE), (80, NO_NAME)], V.DEAD),
    ([(0, GONE), (40, LATE), (80, GONE), (120, GONE)], V.TEMPORARY),
    ([(0, GONE), (40, OK), (80, GONE), (120, GONE)], V.TEMPORARY),
    ([(0, GONE), (20, OFFLINE), (40, GONE), (80, GONE)], V.DEAD),
    ([(0, OFFLINE), (20, OK)], V.OK),
    ([(0, OK), (40, GONE), (80, GONE), (120, GONE)], V.OK),
    ([(0, LATE), (400, LATE), (800, LATE), (1200, LATE)], V.TEMPORARY),
]


@pytest.mark.parametrize(("steps", "verdict"), CASES)
def test_the_visits_lead_to(steps, verdict):
    assert health(probes(*steps), "a").verdict == verdict


def test_since_is_when_it_was_first_so():
    assert health(probes((0, OK), (40, OK), (80, GONE)), "a").since == NOW - timedelta(hours=40)
    assert health(probes((0, GONE), (40, GONE), (80, GONE), (90, OK))).since == NOW


def test_a_person_looks_where_a_machine_cannot_tell():
    assert not health(probes((0, OK)), "a").needs_person
    assert not health(probes((0, GONE))).needs_person
    assert not health(probes((0, LATE), (40, LATE), (80, LATE))).needs_person
    assert health(probes((0, LATE), (100, LATE), (300, LATE))).needs_person
    for what in (answered(403), {"end": ProbeEnd.ROBOTS}, answered(200, is_moved=True), answered(200, text_sha256="b")):
        assert health(probes((0, what)), "a").needs_person
    assert health(probes((0, GONE), (40, GONE), (80, GONE))).needs_person


def test_without_a_text_nothing_has_changed():
    assert health(probes((0, answered(200))), "a").verdict == V.OK
    assert health(probes((0, OK)), "").verdict == V.OK


def test_visits_are_spread_over_days_and_failures_are_looked_at_sooner():
    names = [f"E{number:03d}" for number in range(500)]
    waits = [next_check(V.OK, NOW, name) - NOW for name in names]
    assert timedelta(days=30) <= min(waits) < timedelta(days=31) < timedelta(days=35) < max(waits) <= timedelta(days=36)
    assert next_check(V.OK, NOW, "E001") == next_check(V.OK, NOW, "E001")
    assert next_check(V.TEMPORARY, NOW, "E001") - NOW == timedelta(hours=36)
    assert next_check(V.OK, NOW, "E001", was_offline=True) - NOW == timedelta(hours=1)
