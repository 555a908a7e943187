"""The migrations that a database has seen, against those that this code knows."""

from collections.abc import Iterable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from commitments.actions.backups.problems import damaged, newer

Migrations = Iterable[tuple[str, str]]


def check_known(migrations: Migrations) -> None:
    unknown = sorted(set(migrations) - set(MigrationLoader(None).disk_migrations))
    if unknown:
        raise newer(", ".join(f"{app}.{name}" for app, name in unknown[:5]))


def is_current(migrations: Migrations) -> bool:
    return set(MigrationLoader(None).graph.nodes) <= set(migrations)


def build_tables(migrations: Migrations) -> None:
    """Exactly these migrations, in a database without tables; no signal, so that no row comes with them."""
    wanted = set(migrations)
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    if missing := sorted(wanted - set(nodes)):
        raise newer(", ".join(f"{app}.{name}" for app, name in missing[:5]))
    last = [
        key
        for key in sorted(wanted)
        if not any(child.key in wanted and child.key[0] == key[0] for child in nodes[key].children)
    ]
    executor.migrate(last)
    if set(executor.recorder.applied_migrations()) != wanted:
        raise damaged("migrations")
