"""A process of its own for what may break: limited, without our secrets, and never an exception of its own."""

from pathlib import Path

import pytest

from commitments import apart
from commitments.apart import run_apart


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Called with lines of code: makes the module `commitments.program`, in a house of its own."""
    monkeypatch.setattr(apart, "ROOT", tmp_path)
    (tmp_path / "commitments").mkdir()

    def make(code: str) -> None:
        (tmp_path / "commitments" / "program.py").write_text("import os, sys\n" + code, encoding="utf-8")

    return make


def test_it_answers_what_it_was_given_and_told(program):
    program("sys.stdout.buffer.write(sys.stdin.buffer.read() + sys.argv[1].encode())")
    assert run_apart("program", "丝路", given=b"\x00\xff", patience=20) == b"\x00\xff" + "丝路".encode()


def test_it_does_not_see_our_secrets(program, monkeypatch: pytest.MonkeyPatch):
    for name in ("SECRET_KEY", "DATABASE_URL", "CELERY_BROKER_URL"):
        monkeypatch.setenv(name, "canary")
    program("print(dict(os.environ))")
    seen = run_apart("program", given=b"", patience=20)
    assert seen and b"canary" not in seen and b"PATH" in seen


@pytest.mark.parametrize("code", ["sys.exit(1)", "1 / 0", "os.abort()", "", "print(1); sys.exit(2)"])
def test_one_that_breaks_or_says_nothing_has_no_answer(program, code: str):
    program(code)
    assert run_apart("program", given=b"", patience=20) is None


def test_one_that_never_ends_is_ended(program):
    program("import time; time.sleep(600)")
    assert run_apart("program", given=b"", patience=0.5) is None


@pytest.mark.parametrize("code", ["while True: pass", "bytearray(400_000_000)"])
def test_limits_end_a_loop_and_a_full_memory(program, code: str):
    ours = Path(apart.__file__).read_text(encoding="utf-8")
    program(f"{ours}\nlimit_this_process(seconds=1, mebibytes=200); print('limited', flush=True)\n{code}")
    assert run_apart("program", given=b"", patience=60) is None
