"""Runs the tracker from a bare checkout: Python 3.11 or newer is all it needs.

    python3 dev.py serve [--port N]   the site on this machine, with its database, data and a first login
    python3 dev.py test [...]         the tests; what follows goes to pytest
    python3 dev.py check [--fix]      format, lint, types, migrations and system checks
    python3 dev.py setup              only .venv and the packages
    python3 dev.py WORD [...]         any manage.py command: migrate, seed, shell ...

The first run makes .venv beside this file and installs the hashed locks into it; later runs need no network.
"""

# Standard library only, in the syntax of Python 3.6: an old python3 must get far enough to look for a newer one.
# Its own messages go to stderr, because a command such as `report --json` owns stdout.

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

NEEDED = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3")
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
UNFINISHED = VENV / "unfinished"  # there while something is being written; found at a start, the writer was killed
LOCK, DEV_LOCK = "requirements.txt", "requirements-dev.txt"

NO_PYTHON = (
    "Python 3.11 or newer is needed, this is {}.{}, and PATH has no newer one. Debian, Ubuntu: "
    "sudo apt install python3.11 python3.11-venv; macOS: brew install python; others: python.org/downloads"
)
NO_PIP = "this Python has neither ensurepip nor pip. Debian, Ubuntu: sudo apt install python3-venv; then run this again"
NO_PACKAGES = (
    "the packages of {} could not be installed (pip says why above); "
    "check the network, or the index that pip is configured with, and run this again"
)

IS_NEW_ENOUGH = f"import sys; sys.exit(sys.version_info < {NEEDED})"
# It is new enough, belongs to the folder given to it, and that folder's packages are for this very version.
IS_OUR_VENV = (
    f"import os, sys, sysconfig; sys.exit(not (sys.version_info >= {NEEDED} and"
    " os.path.samefile(sys.prefix, sys.argv[1]) and os.path.isdir(sysconfig.get_path('purelib'))))"
)
HAS_PIP = "import pip.__main__"  # pip itself would also fail on a wrong pip.conf, which it should tell when it installs
# These send Python or pip to other folders. Where pip finds packages (index, proxy, certificates) is left alone.
MISLEADING = ["PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "__PYVENV_LAUNCHER__"] + [
    "PIP_" + name for name in ("TARGET", "PREFIX", "ROOT", "PYTHON", "CONSTRAINT", "REQUIREMENT", "DRY_RUN")
]
PIP_SETTINGS = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def say(sentence: str) -> None:
    print("dev.py: " + sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    say(sentence)
    sys.exit(1)


def answers(*command: str) -> bool:
    """Whether the command starts and succeeds; its words do not matter."""
    quiet = subprocess.DEVNULL
    try:
        return subprocess.call(command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=str(ROOT), timeout=120) == 0
    except (OSError, subprocess.SubprocessError):
        return False


def hand_over(*command: str) -> NoReturn:
    """Becomes the command, so that Ctrl-C and signals reach it alone; Windows cannot do that and waits for it."""
    if os.name == "posix":
        os.execv(command[0], command)
    child = subprocess.Popen(command)
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:  # the child got it too, and is ending
            continue


def newer_python() -> str:
    """The first Python on PATH that starts and is new enough: a name may be a shim with nothing behind it."""
    for name in NAMES:
        for folder in os.get_exec_path():
            found = shutil.which(name, path=os.path.abspath(folder))
            if found and answers(found, "-c", IS_NEW_ENOUGH):
                return found
    stop(NO_PYTHON.format(*sys.version_info))


def own_python() -> str:
    """The interpreter behind any virtual environment: .venv's own may be about to be removed."""
    return getattr(sys, "_base_executable", None) or sys.executable


def in_venv(program: str) -> str:
    return str(VENV / "Scripts" / (program + ".exe") if os.name == "nt" else VENV / "bin" / program)


def venv_is_usable() -> bool:
    config = VENV / "pyvenv.cfg"
    if UNFINISHED.exists() or not config.is_file():
        return False
    for line in config.read_bytes().splitlines():
        if line.startswith(b"command = ") and not line.endswith(os.fsencode(str(VENV))):
            return False  # made in another folder, where its scripts still point
    return answers(in_venv("python"), "-c", IS_OUR_VENV, str(VENV))


def make_venv() -> None:
    say("making .venv")
    remove_venv()
    VENV.mkdir()
    UNFINISHED.touch()
    if not answers(own_python(), "-m", "venv", "--without-pip", str(VENV)):
        remove_venv()
        stop(NO_PIP)
    UNFINISHED.unlink()


def remove_venv() -> None:
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(str(VENV))


def pip_for_venv() -> "list[str]":
    """The venv's own pip, which ensurepip brings where it can; else our Python's pip, told where to install."""
    python = in_venv("python")
    if answers(python, "-c", HAS_PIP):
        return [python, "-m", "pip"]
    if answers(python, "-m", "ensurepip", "--version") and answers(python, "-m", "ensurepip"):
        return [python, "-m", "pip"]
    if answers(own_python(), "-c", HAS_PIP):
        return [own_python(), "-m", "pip", "--python", python]
    remove_venv()
    stop(NO_PIP)


def install(lock: str) -> None:
    """Installs a lock, unless its stamp in .venv carries the lock's digest."""
    stamp = VENV / (lock + ".sha256")
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    UNFINISHED.touch()
    command = [*pip_for_venv(), "install", "--require-hashes", "-r", lock]
    say(f"installing the packages of {lock} (once, about a minute)")
    code = subprocess.call(command, cwd=str(ROOT), env=dict(os.environ, **PIP_SETTINGS), stdout=2)
    if code == 0:
        stamp.write_text(digest)
    if code >= 0:  # below 0 a signal ended pip, perhaps between two files of a package
        UNFINISHED.unlink()
    if code != 0:
        stop(NO_PACKAGES.format(lock))


def prepare(*locks: str) -> None:
    """Makes sure of .venv and the locks; a dev.py started meanwhile waits, so that two never write there at once."""
    try:
        with open(__file__) as this_file:
            if fcntl:
                fcntl.flock(this_file, fcntl.LOCK_EX)
            if not venv_is_usable():
                make_venv()
            for lock in locks:
                install(lock)
    except OSError as error:
        stop(f"cannot prepare {VENV}: {error}")


def check(fix: bool) -> int:
    """Runs every check, whatever the ones before said; the exit code is 1 when any failed."""
    python = in_venv("python")
    manage = [python, "manage.py"]
    ruff = [python, "-m", "ruff"]
    djade = [in_venv("djade"), "--target-version", "5.2"]  # a binary: `python -m djade` does not exist
    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("commitments/templates/**/*.html"))
    if fix:
        mend = [*ruff, "check", "--fix", "--quiet", "."]
        for command in (mend, [*ruff, "format", "."], [*djade, *templates], [*manage, "docs"]):
            subprocess.call(command, cwd=str(ROOT), stdin=subprocess.DEVNULL)
    deploy = "manage.py check --deploy"
    checks = {
        "ruff check": [*ruff, "check", "."],
        "ruff format": [*ruff, "format", "--check", "."],
        "djade": [*djade, "--check", *templates],
        "mypy": [python, "-m", "mypy"],
        "manage.py makemigrations --check": [*manage, "makemigrations", "--check", "--dry-run", "--noinput"],
        "manage.py check": [*manage, "check", "--database", "default", "--fail-level", "WARNING"],
        "manage.py docs --check": [*manage, "docs", "--check"],
        "manage.py spectacular": [*manage, "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull],
        deploy: [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }
    failed = 0
    for name, command in checks.items():
        env = dict(os.environ, TRACKER_HTTPS="1") if name == deploy else None
        start = time.monotonic()
        ran = subprocess.run(
            command,
            cwd=str(ROOT),
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        verdict = "FAILED" if ran.returncode else "ok"
        print(f"{name:34} {verdict} ({time.monotonic() - start:.1f} s)", flush=True)
        if ran.returncode:
            failed += 1
            print(ran.stdout.decode("utf-8", "replace"), flush=True)
    print(f"{failed} of {len(checks)} checks failed" if failed else f"all {len(checks)} checks passed")
    return 1 if failed else 0


def main(words: "list[str]") -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Chinese on a terminal that cannot show it is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    if not words or words in (["help"], ["--help"], ["-h"]):
        print((__doc__ or "").strip())
        return 0
    for name in MISLEADING:
        os.environ.pop(name, None)
    os.environ["PYTHONUTF8"] = "1"
    if sys.version_info < NEEDED:
        hand_over(newer_python(), os.path.abspath(__file__), *words)

    word, rest = words[0], words[1:]
    if word == "check" and rest not in ([], ["--fix"]):
        stop("check knows --fix and nothing else")
    prepare(LOCK, DEV_LOCK) if word in ("test", "check") else prepare(LOCK)
    if word == "setup":
        say("ready; next: python3 dev.py serve")
        return 0
    if word == "check":
        return check(fix=bool(rest))
    if word == "test":
        os.chdir(str(ROOT))
        every_core = ["-n", "auto", "--dist", "loadfile"]  # a few named tests are sooner done without workers
        hand_over(in_venv("python"), "-m", "pytest", *(rest or every_core))
    hand_over(in_venv("python"), str(ROOT / "manage.py"), word, *rest)  # the caller's folder stays: FILE arguments


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
