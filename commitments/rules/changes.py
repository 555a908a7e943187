"""From one judgement to the next: the ordered history of a commitment -> what each step changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from commitments.choices import MOVING, Confidence, Momentum, Status
from commitments.rules.clocks import Judged


class Told(Judged, Protocol):
    """What a step says, beside what the clocks read."""

    @property
    def status(self) -> str: ...
    @property
    def momentum(self) -> str: ...
    @property
    def confidence(self) -> str: ...


T = TypeVar("T", bound=Told)


@dataclass(frozen=True)
class Change(Generic[T]):
    """A step beside the one that it follows or corrects; none before the first."""

    before: T | None
    after: T

    @property
    def is_first(self) -> bool:
        return self.before is None

    @property
    def from_status(self) -> Status:
        return Status(self.before.status) if self.before else Status.NOT_ASSESSED

    @property
    def to_status(self) -> Status:
        return Status(self.after.status)

    @property
    def status_changes(self) -> bool:
        return self.from_status != self.to_status

    @property
    def momentum(self) -> Momentum | None:
        """The movement that was judged anew, where the status shows any."""
        same = self.before is not None and self.before.momentum == self.after.momentum
        if not self.after.momentum or same or self.to_status not in MOVING:
            return None
        return Momentum(self.after.momentum)

    @property
    def confidence(self) -> tuple[Confidence, Confidence] | None:
        """From and to, where the status stays and we are more or less sure of it."""
        if self.before is None or self.status_changes or self.before.confidence == self.after.confidence:
            return None
        return Confidence(self.before.confidence), Confidence(self.after.confidence)

    @property
    def is_update(self) -> bool:
        """Everything stays but what it rests on."""
        return not (self.is_first or self.status_changes or self.momentum or self.confidence)

    @property
    def day_changes(self) -> bool:
        """Only a correction may move a step in time."""
        return self.before is not None and self.before.as_of != self.after.as_of


def chain(steps: Iterable[T], known_before: datetime) -> list[T]:
    """The steps that were in force on some day, as known at that moment; the oldest first, one for each day."""
    known = [step for step in steps if is_known(step, known_before)]
    corrected = {step.corrects_id for step in known if step.corrects_id != step.id}
    ordered = sorted(
        (step for step in known if step.party_id is None and step.id not in corrected),
        key=lambda step: (step.as_of, step.published_at, step.id),
    )
    return list({step.as_of: step for step in ordered}.values())


def is_known(step: Judged, before: datetime) -> bool:
    """Published before this moment, and not withdrawn before it."""
    if step.published_at is None or step.published_at >= before:
        return False
    return step.withdrawn_at is None or step.withdrawn_at >= before


def change_at(step: T, links: list[T]) -> Change[T]:
    """What the step changed in a chain: beside the last one of an earlier day."""
    earlier = [link for link in links if link.as_of < step.as_of]
    return Change(earlier[-1] if earlier else None, step)
