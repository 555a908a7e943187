"""Real processes, real brokers, SIGKILL: nothing asked for is lost, no effect is doubled. The full hundred kills and
the control are `python -m tests.jobs.killing`."""

import os
import shutil
import socket

import pytest

from tests.jobs.killing import trial

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("JOBS_KILLS", "8"))


def redis_answers() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", 6379)) == 0


@pytest.mark.parametrize("broker", ["filesystem://localhost", "redis://127.0.0.1:6379/13"])
def test_kills_lose_no_job_and_double_no_effect(broker):
    if broker.startswith("redis") and not (redis_answers() and shutil.which("redis-cli")):
        pytest.skip("needs a Redis on this machine")
    found = trial(KILLS, broker)
    assert found["asked"] > 0 and set(found["states"]) <= {"done", "needs_person"}
    assert (found["lost"], found["doubled"], found["done_without_effect"], found["effects_of_late_rings"]) == (0,) * 4
    assert found["kept"] > 0 and found["rows_without_file"] == found["rows_without_file_after_the_sweep"] == 0
    assert found["files_without_row_after_the_sweep"] == 0
    # The last kill may hit a worker that is starting: it ends after 10 s, and a busy machine starts the next slowly.
    assert found["seconds_until_done"] <= found["twice_the_lease"] + 60
