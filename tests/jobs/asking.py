"""Stands for a web process: writes a row and asks for its job in one transaction, over and over, until it is killed."""

import time

from django.db import transaction

from commitments.actions.doorbell import ring
from commitments.actions.jobs import ask_for
from commitments.models import Theme
from tests.jobs.tried import KIND


def ask(first: int) -> None:
    for number in range(first, first + 10_000):
        with transaction.atomic():
            Theme.objects.create(slug=f"asked-{number}", name_zh="要求")
            ask_for(KIND, str(number), key=f"{KIND}/{number}")
        if number % 10 == 0:
            ring(5)  # a ring that is delivered several times
        time.sleep(0.4)
