"""`serve` on a fresh database: it answers, shows the first login once, and ends quietly when asked to."""

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from commitments.actions.first_login import ensure_first_login
from commitments.actions.roles import roles_of
from commitments.rules.review import Role

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_the_first_login_holds_all_roles_and_is_made_once():
    login = ensure_first_login()
    assert login is not None
    user = User.objects.get(username=login.name)
    assert user.check_password(login.password)
    assert roles_of(user) == frozenset(Role)
    assert ensure_first_login() is None


def test_a_taken_port_is_named_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"{port}.*--port"):
            call_command("serve", port=port)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(database: Path, port: int) -> tuple[subprocess.Popen, str]:
    """Start it and read what it prints until it says how to stop."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    printed, deadline = "", time.monotonic() + 120
    while "Ctrl-C" not in printed and time.monotonic() < deadline:
        line = server.stdout.readline()
        if not line and server.poll() is not None:
            break
        printed += line
    return server, printed


def a_job_is_done(database: Path, port: int, run: int) -> bool:
    """Asked for by another process, done by the worker that `serve` keeps; in the second run after that was killed."""
    if run == 2:
        os.kill(worker_of(database), signal.SIGKILL)
    script = "from commitments.actions.jobs import ask_for; ask_for('verify')"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", script], cwd=ROOT, env=environment, check=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.closing(sqlite3.connect(database, timeout=20)) as connection:
            asked = connection.execute("SELECT state FROM commitments_job WHERE kind = 'verify'")
            states = [state for (state,) in asked]
        if states == ["done"] * run:
            return True
        time.sleep(0.2)
    return False


def worker_of(database: Path) -> int:
    """The main process: the first of those that carry this database in their environment."""
    listed = subprocess.run(
        ["pgrep", "-f", "manage.py worker --beat --stop-with-stdin"], capture_output=True, text=True
    )
    ours = [pid for pid in listed.stdout.split() if str(database).encode() in Path(f"/proc/{pid}/environ").read_bytes()]
    return min(int(pid) for pid in ours)


@pytest.mark.slow
def test_it_serves_twice_and_stops_cleanly(tmp_path):
    port = free_port()
    for run in (1, 2):
        server, printed = serve(tmp_path / "site.sqlite3", port)
        try:
            assert f"http://127.0.0.1:{port}/" in printed
            passwords = re.findall(r"[A-Za-z0-9_-]{16}(?=\s|$)", printed)
            assert len(passwords) == (1 if run == 1 else 0)
            page = urllib.request.urlopen(f"http://127.0.0.1:{port}/commitments/", timeout=20).read().decode()
            assert "加快推进中国—中亚天然气管道D线建设" in page or "坚持守望相助" in page
            assert a_job_is_done(tmp_path / "site.sqlite3", port, run)
            style = re.search(r'href="(/static/commitments/site\.[0-9a-f]{12}\.css)"', page).group(1)
            assert urllib.request.urlopen(f"http://127.0.0.1:{port}{style}", timeout=20).status == 200
        finally:
            server.send_signal(signal.SIGINT if run == 1 else signal.SIGTERM)
        assert server.wait(20) == 0
        server.stdout.close()
        with pytest.raises(ValueError):  # no worker is left
            worker_of(tmp_path / "site.sqlite3")
