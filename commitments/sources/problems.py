"""How a fetch ends without an answer. The sentences never carry a byte of what a server sent."""

from commitments.choices import FetchProblem


class FetchRefused(Exception):
    """We did not ask: the address, or one that it led to, is none that this site opens."""

    def __init__(self, kind: str) -> None:
        self.kind = FetchProblem(kind)
        super().__init__(self.kind.label)


class FetchFailed(Exception):
    """We asked and got no whole answer; `status` is the server's code where it had come."""

    def __init__(self, kind: str, status: int | None = None) -> None:
        self.kind, self.status = FetchProblem(kind), status
        super().__init__(self.kind.label)
