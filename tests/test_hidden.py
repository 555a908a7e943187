"""What is hidden cannot be imported meanwhile, and is there again afterwards."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from commitments.hidden import hidden

ROOT = Path(__file__).resolve().parent.parent


def test_a_library_that_is_not_loaded_yet_is_refused_and_can_be_loaded_later() -> None:
    sys.modules.pop("this", None)
    with hidden("this"), pytest.raises(ModuleNotFoundError):
        importlib.import_module("this")
    assert "this" not in sys.modules


def test_one_that_is_loaded_stays_the_same_even_after_an_error() -> None:
    before = sys.modules["json"]
    with pytest.raises(RuntimeError), hidden("json"):
        raise RuntimeError
    assert sys.modules["json"] is before


@pytest.mark.parametrize("hides", ["django.contrib.postgres", "jinja2", "requests", "rich"])
def test_a_web_process_loads_every_view_without_what_nobody_asks_for(hides: str) -> None:
    code = f"import sys, tracker.wsgi; sys.exit({hides!r} in sys.modules or 'commitments.api.base' not in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
