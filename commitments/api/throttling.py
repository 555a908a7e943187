"""How often one reader may ask: counted where all processes of the site see it, and a courtesy rather than a wall."""

import logging
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from rest_framework.throttling import SimpleRateThrottle

log = logging.getLogger(__name__)


class PerReader(SimpleRateThrottle):
    """`TRACKER_API_RATE`, for example `300/min`; empty: as often as anybody likes."""

    scope = "reader"

    def get_rate(self) -> str | None:
        return settings.TRACKER_API_RATE or None

    @property
    def cache(self) -> Any:  # type: ignore[override]
        return caches["readers"]

    def get_cache_key(self, request: Any, view: Any) -> str:
        """No address of a reader is written down, only what cannot be turned back into one."""
        return "reader-" + salted_hmac("commitments.api.throttling", self.get_ident(request)).hexdigest()[:32]

    def allow_request(self, request: Any, view: Any) -> bool:
        try:
            return super().allow_request(request, view)
        except Exception:  # whatever the store's own kind is: a full disk, Redis away
            log.warning("requests are not counted: the store does not answer", exc_info=True)
            return True
