"""Settings that differ in tests: nothing else is set up behind a test's back."""

import gc
import itertools
import logging

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings

from commitments.actions import doorbell
from commitments.catalogue import kept

_numbers = itertools.count(1)

# The same examples in each run: what is green here is green elsewhere. Others: `--hypothesis-profile default`.
hypothesis.settings.register_profile("steady", derandomize=True)
hypothesis.settings.load_profile("steady")


def pytest_collection_finish():
    """What is loaded stays: a fifth of all time went into looking through it again for what can be thrown away."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(autouse=True, scope="session")
def _settings_of_tests(tmp_path_factory):
    """Static files under their own names, without collectstatic; quick passwords; nobody's own files."""
    folder = tmp_path_factory.mktemp("files")
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "files": {**settings.STORAGES["files"], "OPTIONS": {"location": folder / "0"}},
    }
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with (
        override_settings(STORAGES=storages, WHITENOISE_AUTOREFRESH=True, PASSWORD_HASHERS=hashers),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(doorbell, "send", lambda times: None)  # for what fixtures of a module write
        yield folder


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, _settings_of_tests):
    """What one test stores, no other finds."""
    files = {**settings.STORAGES["files"], "OPTIONS": {"location": _settings_of_tests / str(next(_numbers))}}
    settings.STORAGES = {**settings.STORAGES, "files": files}


@pytest.fixture(autouse=True)
def _as_often_as_a_test_likes(settings):
    """The rate of the API would end long tests; tests/api/test_throttling.py sets its own."""
    settings.TRACKER_API_RATE = ""


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rows of a rolled-back test leave their numbers to the next one."""
    cache.clear()
    kept.forget()


@pytest.fixture(autouse=True)
def rung(monkeypatch) -> list[int]:
    """No test rings at anybody's door; how often each ring would have rung stands in this list."""
    rings: list[int] = []
    monkeypatch.setattr(doorbell, "send", rings.append)
    monkeypatch.setattr(doorbell, "_bell", doorbell.Doorbell())
    return rings


@pytest.fixture(autouse=True, scope="session")
def _quiet():
    """Lines about what went well would bury what did not."""
    for name in ("commitments", "django_structlog"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
