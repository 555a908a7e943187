"""The index on SQLite: FTS5 without content, its rows removed with the tokens that they were added with.

SQLite 3.40 cannot update such a table, and an external-content one would hold every token twice. So each row is taken
out by the `delete` command with its old tokens, which search_row's keys give again.
The tokenizer `ascii` takes every other character as it is: what a letter is, text/folding.py has decided.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from commitments.models import SearchRow
from commitments.models.search import WORDS
from commitments.text.bigrams import FIELD, Phrase, singles, tokens


class SQLite:
    def put(self, rows: Iterable[Any]) -> None:
        rows = list(rows)
        SearchRow.objects.bulk_create(
            [SearchRow(commitment_id=row.commitment, head=row.head, body=row.body) for row in rows],
            update_conflicts=True,
            unique_fields=["commitment"],
            update_fields=["head", "body"],
        )
        self._each(f"INSERT INTO {WORDS} (rowid, head, body) VALUES (%s, %s, %s)", rows)

    def remove(self, rows: Iterable[Any]) -> None:
        self._each(f"INSERT INTO {WORDS} ({WORDS}, rowid, head, body) VALUES ('delete', %s, %s, %s)", rows)

    def _each(self, sql: str, rows: Iterable[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(sql, [(row.commitment, _head(row), _body(row)) for row in rows])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('delete-all')")

    def matching(self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = ()) -> tuple[str, list[str]]:
        return f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s", [_all(all_of, none_of)]

    def ids(
        self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = (), *, limit: int, head: bool = False
    ) -> list[int]:
        return self._first(_all(all_of, none_of, head=head), limit)

    def count(self, all_of: Sequence[Phrase], none_of: Sequence[Phrase] = (), *, limit: int) -> int:
        sql, params = self.matching(all_of, none_of)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({sql} LIMIT %s)", [*params, limit])
            return cursor.fetchone()[0]

    def with_any(self, phrases: Sequence[Phrase], *, limit: int) -> list[int]:
        return self._first(" OR ".join(map(_one, phrases)), limit)

    def _first(self, expression: str, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            sql = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s ORDER BY rowid LIMIT %s"
            cursor.execute(sql, [expression, limit])
            return [pk for (pk,) in cursor.fetchall()]


def _head(row: Any) -> str:
    return " ".join([*tokens(row.head), FIELD, *singles(row.head)])


def _body(row: Any) -> str:
    return " ".join([*tokens(row.body), FIELD, *singles(row.body)])


def _one(phrase: Phrase) -> str:
    """Tokens are letters and figures, so that nothing in them needs escaping."""
    return '"' + " ".join(phrase.tokens) + '"' + (" *" if phrase.is_open else "")


def _all(all_of: Sequence[Phrase], none_of: Sequence[Phrase], *, head: bool = False) -> str:
    wanted = " AND ".join(("head : " if head else "") + _one(phrase) for phrase in all_of)
    return f"({wanted}) NOT ({' OR '.join(map(_one, none_of))})" if none_of else wanted
