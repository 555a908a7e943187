"""robots.txt (RFC 9309): may a program of this name read this path? The longest rule that fits decides; pure."""

import re
from urllib.parse import unquote_to_bytes

LONGEST = 500_000  # characters that the standard asks a reader to look at
RULES_MOST = 2_000


def may_read(robots: str, program: str, target: str) -> bool:
    """`target`: path and query. Allowed where nothing fits, or where the longest rules contradict each other."""
    if target.partition("?")[0] == "/robots.txt":
        return True
    fitting = [(len(pattern), allows) for allows, pattern in _rules(robots, program) if _fits(pattern, target)]
    return max(fitting)[1] if fitting else True


def _rules(robots: str, program: str) -> list[tuple[bool, str]]:
    """Those of the groups that name the program; those for everybody where none does."""
    own: list[tuple[bool, str]] = []
    everybody: list[tuple[bool, str]] = []
    names: list[str] = []
    is_named, in_names = False, False
    for line in robots[:LONGEST].splitlines():
        field, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        field = field.lower()
        if field == "user-agent":
            names = [*names, value.lower()] if in_names else [value.lower()]
            in_names = True
            is_named = is_named or value.lower() == program.lower()
        elif field in ("allow", "disallow"):
            in_names = False
            if value and program.lower() in names:
                own.append((field == "allow", value))
            if value and "*" in names:
                everybody.append((field == "allow", value))
    return (own if is_named else everybody)[:RULES_MOST]


def _fits(pattern: str, target: str) -> bool:
    """`*` is any run of signs, `$` the end; matched piece by piece, so that no pattern takes long."""
    is_whole = pattern.endswith("$")
    first, *others = [_plain(piece) for piece in re.split(r"\*+", pattern.removesuffix("$"))]
    text = _plain(target)
    if not text.startswith(first):
        return False
    place = len(first)
    for number, piece in enumerate(others):
        if is_whole and number == len(others) - 1:
            return len(text) - place >= len(piece) and text.endswith(piece)
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return not is_whole or place == len(text) or bool(others) and others[-1] == b""


def _plain(text: str) -> bytes:
    return unquote_to_bytes(text)
