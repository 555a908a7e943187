"""Libraries that another would load where they are installed, though nobody here asks for what they bring."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(*modules: str) -> Iterator[None]:
    """Whoever imports one of them meanwhile is told that it is not installed; what was loaded already is kept."""
    known = {name: sys.modules[name] for name in modules if name in sys.modules}
    sys.modules.update(dict.fromkeys(modules))  # type: ignore[arg-type]  # None refuses an import
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]
        sys.modules.update(known)
