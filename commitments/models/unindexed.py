"""A column that the planner is not to look for in an index, where it would take the wrong one."""

from typing import Any

from django.db.models import Func


class Unindexed(Func):
    """The column as it is, but no reason for SQLite to choose its index; PostgreSQL knows how common values are."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)
