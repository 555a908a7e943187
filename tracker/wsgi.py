"""WSGI entry point: what the web server imports."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from commitments.hidden import hidden

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()

# The API's library loads both for what we have no use for: 11 and 6 MB of each process.
with hidden("django.contrib.postgres", "requests"):
    get_resolver().url_patterns  # noqa: B018 — loads every view before the first reader comes

# What is loaded stays. Left out of each look for garbage, it no longer puts these looks off (5 MB, a tenth of the CPU).
gc.collect()
gc.freeze()
