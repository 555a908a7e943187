"""Offline is when no control address answers; any answer at all, even a refusal by the server, means that we are on."""

import pytest

from commitments.sources import online
from commitments.sources.fetch import FetchFailed, FetchRefused
from tests.sources.answers import answer


@pytest.fixture
def controls(monkeypatch, settings):
    """url -> what it answers; `asked` counts."""
    said: dict = {"asked": []}

    def fetch(url):
        said["asked"].append(url)
        if isinstance(said[url], Exception):
            raise said[url]
        return said[url]

    settings.TRACKER_CONTROL_URLS = ["https://a.org/", "https://b.org/"]
    monkeypatch.setattr(online, "fetch", fetch)
    monkeypatch.setattr(online, "_last", {})
    return said


@pytest.mark.parametrize(
    ("first", "second", "is_offline"),
    [
        (FetchFailed("no_name"), FetchFailed("connect"), True),
        (FetchFailed("no_name"), FetchRefused("address"), True),
        (FetchFailed("no_name"), answer(status=503), False),
        (FetchFailed("too_large", 200), FetchFailed("connect"), False),
        (answer(), FetchFailed("connect"), False),
    ],
)
def test_we_are_offline_when_no_control_address_answers(controls, first, second, is_offline):
    controls |= {"https://a.org/": first, "https://b.org/": second}
    assert online.is_offline() is is_offline


def test_many_failures_ask_the_control_addresses_once(controls):
    controls |= {url: FetchFailed("no_name") for url in ("https://a.org/", "https://b.org/")}
    assert [online.is_offline() for _ in range(9)] == [True] * 9
    assert len(controls["asked"]) == 2


def test_without_control_addresses_every_failure_is_the_links_own(controls, settings):
    settings.TRACKER_CONTROL_URLS = []
    assert not online.is_offline()
