"""How the web server is started: by `serve`, and by benchmarks, which measure what readers get."""

import sys

THREADS = 10  # of a web process: more than cores, for each slow reader of a long file holds one; each takes 1.5 MB, too
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "tracker.settings",
    "MALLOC_ARENA_MAX": "1",  # threads that take turns need no heaps of their own, which never shrink
}


def command(host: str, port: int, workers: int) -> list[str]:
    found = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    found += ["--workers", str(workers), "--blocking-threads", str(THREADS), "--no-access-log"]
    return [*found, "--log-level", "error", "tracker.wsgi:application"]
