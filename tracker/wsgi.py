"""WSGI entry point: what the web server imports."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from commitments.hidden import hidden

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# Libraries that others load where they are installed, for what we have no use for: 20 MB of each process.
with hidden("django.contrib.postgres", "jinja2", "requests", "rich"):
    application = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 — loads every view before the first reader comes

# What is loaded stays. Left out of each look for garbage, it no longer puts these looks off (5 MB, a tenth of the CPU).
gc.collect()
gc.freeze()
