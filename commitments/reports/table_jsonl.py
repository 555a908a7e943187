"""JSON Lines: one record a line, Chinese unescaped; records in, lines out."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

CONTENT_TYPE = "application/x-ndjson; charset=utf-8"


def lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n"
