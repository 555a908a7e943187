"""Are we online at all? When no control address answers, the trouble is ours and counts against no link."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from commitments.sources.fetch import FetchFailed, FetchRefused, fetch

ASKED_ANEW_AFTER = 60.0  # seconds
_lock = threading.Lock()
_last: dict[tuple[str, ...], tuple[float, bool]] = {}


def is_offline() -> bool:
    """The answer is kept for a minute: a thousand failures at once ask the control addresses once."""
    urls = tuple(settings.TRACKER_CONTROL_URLS)
    with _lock:
        asked, answer = _last.get(urls, (float("-inf"), False))
        if time.monotonic() - asked > ASKED_ANEW_AFTER:
            answer = bool(urls) and not _any_answers(urls)
            _last[urls] = (time.monotonic(), answer)
        return answer


def _any_answers(urls: tuple[str, ...]) -> bool:
    """At once, so that all of them together take no longer than one."""
    with ThreadPoolExecutor(len(urls)) as pool:
        return any(pool.map(_answers, urls))


def _answers(url: str) -> bool:
    try:
        fetch(url)
    except FetchFailed as failed:
        return failed.status is not None
    except FetchRefused:
        return False
    return True
