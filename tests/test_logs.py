"""Log lines: JSON with the request's id, Chinese as it is written, and nothing of what a person typed or is."""

import json
import logging
import logging.config
import subprocess
import sys
from io import StringIO

import pytest
import structlog
from django.conf import settings

from commitments.actions.job_kinds import WORK
from commitments.actions.working import run_here
from commitments.choices import JobKind
from tracker.logs import logging as configured

NEVER_IN_THE_WEB = (
    "celery.worker",
    "celery.beat",
    "celery.bin",
    "trafilatura",
    "typst",
    "pikepdf",
    "jieba",
    "pypdf",
    "openpyxl",
)


@pytest.fixture
def lines(monkeypatch):
    """What production writes while the test runs, line by line."""
    formatter = configured(debug=False)["formatters"]["line"]
    handler = logging.StreamHandler(written := StringIO())
    handler.setFormatter(formatter["()"](**{name: formatter[name] for name in ("foreign_pre_chain", "processors")}))
    loggers = [logging.getLogger(name) for name in ("commitments", "django_structlog", "elsewhere")]
    for logger in loggers:
        monkeypatch.setattr(logger, "level", logging.INFO)
        logger.manager._clear_cache()
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    for logger in loggers:
        logger.removeHandler(handler)
        logger.manager._clear_cache()


@pytest.mark.django_db
def test_a_request_is_one_line_with_an_id_and_without_query_address_or_person(client, lines):
    client.get("/commitments/?q=秘密&token=tok-en", headers={"user-agent": "Agent X"}, REMOTE_ADDR="203.0.113.9")
    (line,) = lines()
    assert line["request"] == "GET /commitments/" and line["code"] == 200 and len(line["request_id"]) == 36
    assert not any(
        word in json.dumps(line, ensure_ascii=False) for word in ("秘密", "tok-en", "203.0.113.9", "Agent X")
    )


@pytest.mark.django_db
def test_a_job_is_known_by_its_id_in_every_line_of_its_work(lines, monkeypatch):
    def work(run):
        structlog.get_logger("elsewhere").info("中亚天然气管道", place="阿什哈巴德")
        raise ValueError("unreadable")

    monkeypatch.setitem(WORK, JobKind.VERIFY, work)
    job = run_here(JobKind.VERIFY)
    told = lines()
    assert [line["event"] for line in told] == ["job_started", "中亚天然气管道", "job_failed"]
    assert {line["job"] for line in told} == {job.pk}
    assert "ValueError: unreadable" in told[-1]["exception"]


def test_chinese_is_written_as_it_is(lines):
    logging.getLogger("elsewhere").warning("承诺 %s", "事项")
    (line,) = lines()
    assert line["event"] == "承诺 事项" and line["level"] == "warning"


def test_a_web_process_loads_no_worker_and_no_heavy_library():
    """Control: the worker's command does load Celery's worker."""
    script = "import sys, {}; print('\\n'.join(sys.modules))"
    loaded = {}
    for entry in ("tracker.wsgi", "tracker.wsgi, commitments.management.commands.worker"):
        run = [sys.executable, "-c", script.format(entry)]
        told = subprocess.run(run, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout
        loaded[entry] = {name for name in told.splitlines() if name.startswith(NEVER_IN_THE_WEB)}
    assert loaded["tracker.wsgi"] == set()
    assert any(name.startswith("celery.worker") for name in loaded.popitem()[1])
