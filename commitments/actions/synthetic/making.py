"""Makes a synthetic register of any size: for trying out and measuring, never beside rows that matter."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from commitments.actions.derived import refresh
from commitments.actions.job_runs import Tell
from commitments.actions.synthetic.register import PREFIX, Register
from commitments.actions.synthetic.tables import Table, next_ids_follow
from commitments.actions.synthetic.trees import ROWS, Tree
from commitments.models import Commitment, SourceDocument
from commitments.models.guards import without_marks
from commitments.rules.refusal import Refused
from commitments.today import today

AT_ONCE = 5_000  # commitments in one transaction
MOST = 5_000_000


def make_synthetic(*, rows: int, seed: int = 1, beside_others: bool = False, tell: Tell | None = None) -> int:
    """Documents with so many commitments in all, and all that belongs to them; the number written.

    The same seed on the same day writes the same rows into an empty database. Earlier chunks stay when a later one
    fails. What is published is never deleted again, so a register that is in use is refused.
    """
    check_size(rows)
    check_database(beside_others)
    with transaction.atomic():
        register = Register(seed, today())
    first = SourceDocument.objects.filter(slug__startswith=PREFIX).count() + 1
    written, number = 0, first
    while written < rows:
        with without_marks():
            upto = min(rows, written + AT_ONCE)
            while written < upto:
                tree = Tree(register, number, min(ROWS, rows - written))
                written += tree.rows
                number += 1
            register.write()
            mark(register.commitments)
        if tell:
            tell(written, rows, _("written"))
    next_ids_follow(register.tables)
    analyze()
    done = 0
    while some := refresh():
        done += some
        if tell:
            tell(min(done, rows), rows, _("made ready for lists and search"))
    analyze()
    return written


def analyze() -> None:
    """The planner learns how many rows there are now; of what marks and drafts left PostgreSQL is freed, too."""
    can_clean = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if can_clean else "ANALYZE")


def mark(commitments: Table) -> None:
    """What was just written waits to be made ready; each once, where triggers would mark it for every row about it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO commitments_stale (commitment_id) SELECT id FROM commitments_commitment WHERE id >= %s",
            [commitments.first_of_chunk],
        )


def check_size(rows: int) -> None:
    if not 1 <= rows <= MOST:
        sentence = _("“%(rows)s” rows cannot be made: from 1 to %(most)s are allowed.")
        raise Refused(sentence % {"rows": rows, "most": MOST}, "rows")


def check_database(beside_others: bool) -> None:
    if beside_others or not SourceDocument.objects.exists():
        return
    sentence = _(
        "This database holds %(number)s commitments already, and what is made here can never be removed from it. "
        "Set DATABASE_URL to a database of its own, or say --yes."
    )
    raise Refused(sentence % {"number": Commitment.objects.count()}, "database")
