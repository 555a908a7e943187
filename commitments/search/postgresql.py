"""The index on PostgreSQL: a tsvector of the tokens of each search_row, without positions, under a GIN index.

PostgreSQL keeps 256 positions of a token and none beyond 16,383, so a phrase of several tokens is looked for in the
keys of the rows that have them all. The match stands in a materialized CTE: asked with an order and a limit, the
planner would otherwise walk the order's index and try every row. So that a common word does not bring all of its rows
to have a few of them, these are first looked for among the first ids.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from commitments.models import SearchRow
from commitments.text.bigrams import FIELD, PART, Phrase, singles, tokens

TABLE = SearchRow._meta.db_table
PART_LOOKED_AT_FIRST = 50  # of the ids, one in so many
IN_HEAD = "^"  # before a token that stands in code, title or quote


class PostgreSQL:
    def put(self, rows: Iterable[Any]) -> None:
        with connection.cursor() as cursor:
            sql = (
                f"INSERT INTO {TABLE} (commitment_id, head, body, words) VALUES (%s, %s, %s, %s::tsvector) "
                "ON CONFLICT (commitment_id) DO UPDATE "
                "SET head = excluded.head, body = excluded.body, words = excluded.words"
            )
            cursor.executemany(sql, [(*row, _vector(row)) for row in rows])

    def remove(self, rows: Iterable[Any]) -> None:
        """The tokens go or change with their row."""

    def clear(self) -> None:
        """As above."""

    def matching(self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = ()) -> tuple[str, list[str]]:
        condition, params = _all(all_of, none_of)
        return _materialized(condition), params

    def ids(
        self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = (), *, limit: int, head: bool = False
    ) -> list[int]:
        return self._first(*_all(all_of, none_of, head=head), limit)

    def count(self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = (), *, limit: int) -> int:
        condition, params = _all(all_of, none_of)
        with connection.cursor() as cursor:
            sql = f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {condition} LIMIT %s) found"
            cursor.execute(sql, [*params, limit])
            return cursor.fetchone()[0]

    def with_any(self, phrases: Sequence[Phrase], *, limit: int) -> list[int]:
        parts = [_one(phrase) for phrase in phrases]
        params = [param for _condition, params in parts for param in params]
        return self._first(" OR ".join(condition for condition, _params in parts), params, limit)

    def _first(self, condition: str, params: list[str], limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(commitment_id) / {PART_LOOKED_AT_FIRST} FROM {TABLE}")
            (nearest,) = cursor.fetchone()
            for upto in (nearest, None) if nearest and nearest > limit else (None,):
                asked = condition if upto is None else f"({condition}) AND commitment_id <= {upto:d}"
                cursor.execute(f"{_materialized(asked)} ORDER BY commitment_id LIMIT %s", [*params, limit])
                found = [pk for (pk,) in cursor.fetchall()]
                if len(found) == limit:
                    break
            return found


def _materialized(condition: str) -> str:
    select = f"SELECT commitment_id FROM {TABLE} WHERE {condition}"
    return f"WITH found AS MATERIALIZED ({select}) SELECT commitment_id FROM found"


def _vector(row: Any) -> str:
    words = set(tokens(row.head)) - {FIELD, PART}
    found = words | {IN_HEAD + word for word in words} | set(tokens(row.body)) - {FIELD, PART}
    found |= {*singles(row.head, row.body), *(IN_HEAD + one for one in singles(row.head))}
    return " ".join(f"'{token}'" for token in found)


def _one(phrase: Phrase, head: bool = False) -> tuple[str, list[str]]:
    """Tokens are letters and figures, so that nothing in them needs escaping, for tsquery or LIKE."""
    mark = IN_HEAD if head else ""
    words = [f"'{mark}{token}'" for token in phrase.tokens]
    if phrase.is_open:
        words[-1] += ":*"
    condition, params = "words @@ %s::tsquery", [" & ".join(words)]
    if len(words) > 1:
        looked = f"%{phrase.pattern}%"
        condition += " AND head LIKE %s" if head else " AND (head LIKE %s OR body LIKE %s)"
        params += [looked] if head else [looked, looked]
    return f"({condition})", params


def _all(all_of: Sequence[Phrase], none_of: Sequence[Phrase], *, head: bool = False) -> tuple[str, list[str]]:
    wanted = [_one(phrase, head) for phrase in all_of]
    without = [_one(phrase) for phrase in none_of]
    condition = " AND ".join([*(sql for sql, _ in wanted), *(f"NOT {sql}" for sql, _ in without)])
    return condition, [param for _sql, params in (*wanted, *without) for param in params]
