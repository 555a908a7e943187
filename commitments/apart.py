"""Programs of ours that read a stranger's file in a process of their own: started without our secrets, and limited.

What a parser crashes, loops or fills up ends that process alone.
"""

import os
import subprocess
import sys
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has none; the clock of whoever started the program remains
    resource = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parents[1]
MEBIBYTE = 1024 * 1024
KEPT = ("PATH", "LANG", "TMPDIR", "TEMP", "SYSTEMROOT")


def run_apart(program: str, *words: str, given: bytes, patience: float) -> bytes | None:
    """What the module `commitments.PROGRAM` writes when it gets `given`; None where it fails or the seconds run out."""
    command = [sys.executable, "-m", f"commitments.{program}", *words]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, cwd=ROOT, env={**kept, "HOME": os.sep}, timeout=patience
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def limit_this_process(*, seconds: int, mebibytes: int) -> None:
    """Of processor time, and of address space, libraries included; beyond them it is killed or out of memory."""
    if resource:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes * MEBIBYTE, mebibytes * MEBIBYTE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
