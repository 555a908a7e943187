"""Many ids as one parameter: `pk__in=among(ids)`; a list of thousands takes Django longer to write than to ask."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL


def among(ids: Iterable[int]) -> Any:
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])
