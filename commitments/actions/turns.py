"""Whose turn it is at a host: one visit at a time and a pause between two, whichever process asks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.models import Host
from commitments.rules.refusal import Refused

LEASE = timedelta(seconds=120)  # longer than any visit: robots.txt, the page and its reading
PAUSE = timedelta(seconds=5)


class HostBusy(Refused):
    """Ask again at `free_at`."""

    def __init__(self, name: str, free_at: datetime) -> None:
        super().__init__(_("%(host)s is being visited or was visited just now.") % {"host": name})
        self.free_at = free_at


@contextmanager
def turn_at(name: str) -> Iterator[Host]:
    """Raises HostBusy. A holder that died gives its turn back when the lease ends."""
    now = timezone.now()
    Host.objects.get_or_create(name=name, defaults={"free_at": now})
    until = now + LEASE
    if not Host.objects.filter(name=name, free_at__lte=now).update(free_at=until):
        raise HostBusy(name, Host.objects.get(name=name).free_at)
    try:
        yield Host.objects.get(name=name)
    finally:
        Host.objects.filter(name=name, free_at=until).update(free_at=timezone.now() + PAUSE)


@contextmanager
def further_turns(held: str) -> Iterator[Callable[[str], None]]:
    """Takes a turn at each host that a visit is led on to, until the visit ends; `held` is its own already.

    Nobody waits for a turn, so that two who are led to each other's host do not wait for ever: HostBusy ends the visit.
    """
    taken = {held}
    with ExitStack() as turns:

        def take(name: str) -> None:
            if name not in taken:
                turns.enter_context(turn_at(name))
                taken.add(name)

        yield take
