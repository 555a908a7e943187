"""A worker that loses a process of its pool while it starts ends, to be started again."""

import os
import subprocess
import sys

import pytest

from commitments.management.commands.worker import _has_lost_a_child

pytestmark = pytest.mark.skipif(not hasattr(os, "waitid"), reason="this machine cannot look without waiting")


@pytest.mark.parametrize(("is_killed", "is_lost"), [(True, True), (False, False)])
def test_a_child_that_was_killed_is_seen_and_one_that_ended_is_not(is_killed: bool, is_lost: bool):
    script = "import time; time.sleep(60)" if is_killed else ""
    child = subprocess.Popen([sys.executable, "-c", script])
    if is_killed:
        child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert _has_lost_a_child() is is_lost
    assert child.wait() == (-9 if is_killed else 0), "the news is still there for whoever waits"
    assert not _has_lost_a_child()
