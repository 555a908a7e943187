"""Settings that differ in tests: nothing else is set up behind a test's back."""

import logging

import pytest
from django.core.cache import cache

from commitments.actions import doorbell


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """No collectstatic before tests: files are served under their own names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    """What a test stores goes with the test."""
    files = {**settings.STORAGES["files"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "files": files}


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rows of a rolled-back test leave their numbers to the next one."""
    cache.clear()


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
