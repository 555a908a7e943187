"""A web process stays small, whatever is read: the site as `serve` starts it, with the shipped register."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commitments.management.commands import _server
from tests.benchmarks.serving import Server, free_port, serving

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads what Linux keeps of a process"),
]
MOST = 150  # MB
AGAIN = 2  # times, each with other places in the lists
QUESTIONS = ("status=underway", "theme=energy", "evidence=none", "party=KZ", "order=-as_of", "as_of=2024-06-30")
WORDS = ("合作", "鲁班工坊的进展怎么样", "“中国－中亚”机制", "railway", "code:4.2", "-中国 贸易")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = {"DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('memory') / 'tracker.sqlite3'}"}
    for command in ("migrate", "seed"):
        environment = {**os.environ, **place}
        subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=environment, check=True, timeout=300)
    port = free_port()
    started = serving(_server.command("127.0.0.1", port, 1), port, "/healthz", **_server.ENVIRONMENT, **place)
    with started as found:
        yield found


def test_all_pages_many_questions_and_all_files_leave_a_process_small(server: Server) -> None:
    pages = [re.sub(r"^https?://[^/]+", "", found) for found in re.findall(r"<loc>(.*?)</loc>", text(server))]
    assert len(pages) > 100
    for turn in range(AGAIN):
        for page in pages:
            server.ask(page)
        for number in range(20, 30):
            for question in QUESTIONS:
                server.ask(f"/commitments/?{question}&page_size={number + 10 * turn}")
        for words in WORDS:
            server.ask(f"/commitments/?q={words}&page_size={20 + turn}")
        for ending in ("csv", "xlsx", "json", "jsonl"):
            server.ask(f"/commitments.{ending}")
        server.ask("/api/v1/commitments")
        server.ask("/admin/login/")
    assert server.peak() < MOST


def text(server: Server) -> str:
    """The first file of the sitemap."""
    server.connection.request("GET", "/sitemap.xml", headers={"Host": "localhost"})
    return server.connection.getresponse().read().decode()
