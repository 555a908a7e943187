"""Answers that hold until the register changes, kept in this process and asked once a version."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

from commitments.catalogue.version import seen_version

P = ParamSpec("P")
R = TypeVar("R")
MOST = 300  # answers on one shelf; then it is emptied
_shelves: "list[Shelf[Any]]" = []


class Shelf(Generic[R]):
    """Keys are hashable, and name everything beside the register that the answer depends on."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._version = ""
        self._answers: dict[Any, R] = {}
        _shelves.append(self)

    def get(self, key: Any, make: Callable[[], R]) -> R:
        """The version is part of the key: a thread that still reads the state before leaves its answer to itself."""
        version = seen_version()
        if version != self._version or len(self._answers) >= self._most:
            self._answers.clear()
            self._version = version
        found = self._answers.get((version, key))
        if found is None:
            found = self._answers[version, key] = make()
        return found

    def clear(self) -> None:
        self._answers.clear()


def kept(function: Callable[P, R]) -> Callable[P, R]:
    shelf: Shelf[R] = Shelf()

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        return shelf.get((args, *sorted(kwargs.items())), lambda: function(*args, **kwargs))

    return answer


def forget() -> None:
    for shelf in _shelves:
        shelf.clear()
