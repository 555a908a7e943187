"""The site as it is, but for the static files: from the source, whatever var/static holds of another day."""

from tracker.settings import *  # noqa: F403, TID251
from tracker.settings import STORAGES as SHIPPED  # noqa: TID251

STORAGES = {**SHIPPED, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
