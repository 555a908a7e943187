"""dev.py: what a newcomer's first command does, and what it says where it cannot go on."""

import ast
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]
EVERY_LOCK = sorted(path.name for path in PROJECT.glob("requirements*.txt"))
PINNED_AND_HASHED = re.compile(r"[a-z0-9][a-z0-9._-]*==\S+ .*--hash=sha256:[0-9a-f]{64}")
ODD_NAME = "a folder 试用"

Answers = Callable[..., bool]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A bare checkout, in a folder with a space and Chinese characters in its name."""
    folder = tmp_path / ODD_NAME
    folder.mkdir()
    for name in ["dev.py", *LOCKS]:
        shutil.copy(PROJECT / name, folder)
    return folder


@pytest.fixture
def dev(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The checkout's dev.py as a module; its .venv does not exist yet."""
    spec = importlib.util.spec_from_file_location("dev_under_test", checkout / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    # main() changes the environment for its children; registered here, it comes back after the test.
    for name in module.MISLEADING:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONUTF8", "0")
    return module


@pytest.fixture
def pip_calls(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """An existing .venv whose pip always succeeds; the commands it was given."""
    calls: list[list[str]] = []

    def record(command: list[str], **options: object) -> int:
        assert dev.UNFINISHED.exists(), "a kill at this moment must be noticed later"
        calls.append(command)
        return 0

    dev.VENV.mkdir()
    monkeypatch.setattr(dev, "answers", lambda *command: True)
    monkeypatch.setattr(dev.subprocess, "call", record)
    return calls


def stub(folder: Path, name: str, script: str) -> Path:
    """A program that stands on PATH in place of the real one."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n" + script + "\n")
    path.chmod(0o755)
    return path


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1, said
    return said[0]


# The locks


@pytest.mark.parametrize("lock", EVERY_LOCK)
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    text = (PROJECT / lock).read_text().replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert requirements
    loose = [line for line in requirements if not PINNED_AND_HASHED.match(line)]
    assert loose == []


@pytest.mark.parametrize("lock", EVERY_LOCK)
def test_a_lock_names_no_host_and_no_index(lock: str) -> None:
    text = (PROJECT / lock).read_text()
    assert "://" not in text
    assert re.findall(r"^\s*-(?!-hash)\S+|--(?:index|extra-index|find-links|trusted-host)\S*", text, re.MULTILINE) == []


# The file itself


def test_it_is_readable_for_the_oldest_python_that_may_start_it() -> None:
    ast.parse((PROJECT / "dev.py").read_text("utf-8"), feature_version=(3, 6))


def test_it_imports_the_standard_library_only() -> None:
    imported = set()
    for node in ast.walk(ast.parse((PROJECT / "dev.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("command", ["python3 dev.py serve", "python3 dev.py test"])
def test_the_readme_names_the_two_commands(command: str) -> None:
    assert command in (PROJECT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("words", [[], ["help"], ["--help"]])
def test_without_a_word_it_tells_its_words_and_touches_nothing(
    dev: ModuleType, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(words) == 0
    told = capsys.readouterr().out
    assert all(f"dev.py {word}" in told for word in ["serve", "test", "check", "setup"])
    assert not dev.VENV.exists()


def test_it_can_speak_of_its_folder_where_no_language_is_set(checkout: Path) -> None:
    (checkout / ".venv").write_text("not a folder, so that it has to name the path")
    ran = subprocess.run([sys.executable, checkout / "dev.py", "setup"], env={"LC_ALL": "C"}, capture_output=True)
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
    assert b"cannot prepare" in ran.stderr


# Finding a Python


@pytest.mark.skipif(os.name != "posix", reason="the stubs are shell scripts")
def test_it_passes_over_a_python_that_does_not_start_or_is_too_old(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub(tmp_path / "shims", "python3.13", "exit 127")
    stub(tmp_path / "shims", "python3.12", f"exec '{sys.executable}' \"$@\"")
    stub(tmp_path / "old", "python3", "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'old'}:{tmp_path / 'shims'}:/usr/bin:/bin")
    monkeypatch.setattr(dev, "NAMES", ("python3.13", "python3.12", "python3"))
    assert dev.newer_python() == str(tmp_path / "shims" / "python3.12")


def test_a_too_old_python_alone_gives_one_line_that_says_what_to_install(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as ended:
        dev.main(["serve"])
    assert ended.value.code == 1
    said = one_line(capsys)
    assert all(words in said for words in ["3.11", "this is 3.9,", "sudo apt install", "brew install"])


def test_a_too_old_python_hands_its_words_to_a_newer_one(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    class HandedOver(Exception):
        pass

    def hand_over(*command: str) -> None:
        raise HandedOver(*command)

    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(dev, "newer_python", lambda: "/newer/python3")
    monkeypatch.setattr(dev, "hand_over", hand_over)
    with pytest.raises(HandedOver) as handed:
        dev.main(["serve", "--port", "9"])
    assert handed.value.args == ("/newer/python3", str(dev.ROOT / "dev.py"), "serve", "--port", "9")


# The environment


def only(*allowed: str) -> Answers:
    """A machine on which just the commands with these words succeed."""
    return lambda *command: any(words in " ".join(command) for words in allowed)


def test_with_neither_ensurepip_nor_pip_one_line_says_what_to_install_and_nothing_half_made_stays(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dev.VENV.mkdir()
    monkeypatch.setattr(dev, "answers", only())
    with pytest.raises(SystemExit) as ended:
        dev.pip_for_venv()
    assert ended.value.code == 1
    assert "sudo apt install python3-venv" in one_line(capsys)
    assert not dev.VENV.exists()


def test_without_the_venv_module_too(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "answers", only())
    with pytest.raises(SystemExit):
        dev.prepare("requirements.txt")
    assert "sudo apt install python3-venv" in capsys.readouterr().err
    assert not dev.VENV.exists()


def test_without_ensurepip_the_pip_outside_installs_into_the_venv(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "answers", only(f"{dev.own_python()} -c {dev.HAS_PIP}"))
    assert dev.pip_for_venv() == [dev.own_python(), "-m", "pip", "--python", dev.in_venv("python")]


def test_a_venv_is_remade_when_it_is_half_made_moved_or_without_its_python(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not dev.venv_is_usable()

    dev.VENV.mkdir()
    config = dev.VENV / "pyvenv.cfg"
    config.write_text(f"command = python3 -m venv {dev.VENV}\n", "utf-8")
    assert not dev.venv_is_usable(), "its python is gone"

    monkeypatch.setattr(dev, "answers", lambda *command: True)
    assert dev.venv_is_usable()
    dev.UNFINISHED.touch()
    assert not dev.venv_is_usable(), "half-made"
    dev.UNFINISHED.unlink()
    config.write_text("command = python3 -m venv /another/folder/.venv\n", "utf-8")
    assert not dev.venv_is_usable(), "moved"


def test_the_venv_probe_refuses_a_python_of_another_folder(dev: ModuleType, tmp_path: Path) -> None:
    assert dev.answers(sys.executable, "-c", dev.IS_OUR_VENV, sys.prefix)
    assert not dev.answers(sys.executable, "-c", dev.IS_OUR_VENV, str(tmp_path))


def test_misleading_settings_are_dropped_and_those_of_the_index_stay(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ["PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_INDEX_URL"]:
        monkeypatch.setenv(name, "somewhere")
    monkeypatch.setattr(dev, "prepare", lambda *locks: None)
    assert dev.main(["setup"]) == 0
    assert not {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET"} & set(os.environ)
    assert os.environ["PIP_INDEX_URL"] == "somewhere"
    assert os.environ["PYTHONUTF8"] == "1"


@pytest.mark.parametrize(
    ("word", "locks"), [("setup", LOCKS[:1]), ("seed", LOCKS[:1]), ("test", LOCKS), ("check", LOCKS)]
)
def test_only_tests_and_checks_need_the_tools(
    dev: ModuleType, word: str, locks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(dev, "prepare", lambda *names: prepared.extend(names))
    monkeypatch.setattr(dev, "hand_over", lambda *command: None)
    monkeypatch.setattr(dev, "check", lambda fix: 0)
    monkeypatch.chdir(dev.ROOT)
    dev.main([word])
    assert prepared == locks


# The stamp


def test_a_lock_is_installed_once_with_its_hashes(dev: ModuleType, pip_calls: list[list[str]]) -> None:
    dev.install("requirements.txt")
    dev.install("requirements.txt")
    assert [call[-4:] for call in pip_calls] == [["install", "--require-hashes", "-r", "requirements.txt"]]
    digest = hashlib.sha256((dev.ROOT / "requirements.txt").read_bytes()).hexdigest()
    assert (dev.VENV / "requirements.txt.sha256").read_text() == digest
    assert not dev.UNFINISHED.exists()


def test_a_changed_lock_is_installed_again_and_each_lock_has_its_own_stamp(
    dev: ModuleType, pip_calls: list[list[str]]
) -> None:
    dev.install("requirements.txt")
    dev.install("requirements-dev.txt")
    with (dev.ROOT / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    dev.install("requirements.txt")
    dev.install("requirements-dev.txt")
    assert [call[-1] for call in pip_calls] == ["requirements.txt", "requirements-dev.txt", "requirements.txt"]


@pytest.mark.parametrize(("code", "remade"), [(1, False), (-9, True)])
def test_a_failed_installation_leaves_no_stamp_and_says_so(
    dev: ModuleType,
    pip_calls: list[list[str]],
    code: int,
    remade: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dev.subprocess, "call", lambda *command, **options: code)
    with pytest.raises(SystemExit) as ended:
        dev.install("requirements.txt")
    assert ended.value.code == 1
    assert "check the network" in capsys.readouterr().err
    assert not (dev.VENV / "requirements.txt.sha256").exists()
    assert dev.UNFINISHED.exists() is remade


# The checks


def test_every_check_runs_and_one_failure_fails_the_whole(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[str] = []
    deployed: list[str] = []

    def run(command: list[str], env: dict[str, str] | None, **options: object) -> subprocess.CompletedProcess[bytes]:
        commands.append(" ".join(command))
        if env and env["TRACKER_HTTPS"] == "1":
            deployed.append(" ".join(command))
        return subprocess.CompletedProcess(command, 1 if "format" in command else 0, "格式不对".encode())

    monkeypatch.setattr(dev.subprocess, "run", run)
    page = dev.ROOT / "commitments" / "templates" / "commitments" / "page.html"
    page.parent.mkdir(parents=True)
    page.touch()
    assert dev.check(fix=False) == 1
    told = capsys.readouterr().out
    assert re.findall(r"^(.+?) +(ok|FAILED) \(", told, re.MULTILINE) == [
        ("ruff check", "ok"),
        ("ruff format", "FAILED"),
        ("djade", "ok"),
        ("mypy", "ok"),
        ("manage.py makemigrations --check", "ok"),
        ("manage.py check", "ok"),
        ("manage.py docs --check", "ok"),
        ("manage.py spectacular", "ok"),
        ("manage.py check --deploy", "ok"),
    ]
    assert "格式不对" in told
    assert "1 of 9 checks failed" in told
    assert [command for command in commands if str(page.relative_to(dev.ROOT)) in command] == [commands[2]]
    assert len(deployed) == 1
    assert "--deploy" in deployed[0]


# The real thing


@pytest.mark.slow
@pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="the database makes no difference to it")
def test_on_a_bare_machine_setup_installs_once_and_then_needs_no_network(checkout: Path) -> None:
    (checkout / "manage.py").write_text("import sys, django, granian\nprint(sys.argv[1:], '中文')\n", "utf-8")
    bare = {"PATH": os.defpath} | {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    python = getattr(sys, "_base_executable", sys.executable)

    first = subprocess.run([python, "dev.py", "setup"], cwd=checkout, env=bare, capture_output=True, text=True)
    assert first.returncode == 0, first.stderr

    no_network = {"PATH": os.defpath, "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/"}
    second = subprocess.run(
        [python, "dev.py", "seed", "--again"], cwd=checkout, env=no_network, capture_output=True, encoding="utf-8"
    )
    assert (second.stdout, second.stderr) == ("['seed', '--again'] 中文\n", "")
