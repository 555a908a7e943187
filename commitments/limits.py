"""What a program that reads a stranger's file allows itself, set before it loads a parser; knows nothing of ours."""

try:
    import resource
except ImportError:  # Windows has none; the clock of whoever started the program remains
    resource = None  # type: ignore[assignment]

MEBIBYTE = 1024 * 1024


def limit_this_process(*, seconds: int, mebibytes: int) -> None:
    """Of processor time, and of address space, libraries included; beyond them it is killed or out of memory."""
    if resource:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes * MEBIBYTE, mebibytes * MEBIBYTE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
