"""Writes to the configured site at a steady pace until killed: python -m tests.actions.backups.writing PER_SECOND

Write n stores a file, adds a group that names it and a user with the same number, and writes n to the first user, all
in one transaction: any state of the database tells which moment it is, and whether it is one.
"""

import itertools
import sys
import time

import django
from django.db import transaction

FIRST = "desk-review"


def write(number: int) -> None:
    groups, users = django.apps.apps.get_model("auth", "Group"), django.apps.apps.get_model("auth", "User")
    name = keep(f"file {number}".encode() * 50, "captures")
    with transaction.atomic():
        groups.objects.create(name=f"{number} {name}")
        users.objects.create(username=f"user-{number}")
        users.objects.filter(username=FIRST).update(last_name=str(number))


if __name__ == "__main__":
    django.setup()
    from commitments.storage import keep  # noqa: PLC0415 (needs the applications)

    start, pace = time.monotonic(), float(sys.argv[1])
    for number in itertools.count(1):
        write(number)
        if number == 1:
            print("writing", flush=True)  # noqa: T201
        time.sleep(max(0.0, start + number / pace - time.monotonic()))
