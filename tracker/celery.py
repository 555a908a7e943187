"""The Celery application: sends and receives rings. Its worker and its beat are started by `manage.py worker`."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# Without its fixups, which would load the worker into every web process; `manage.py worker` adds the one for Django.
app = Celery("tracker", fixups=[])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # else only this thread knows it, and a web server's threads would ring for an unknown queue


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """A receiver here is what stops Celery from putting its own handlers in place of those of the settings."""
