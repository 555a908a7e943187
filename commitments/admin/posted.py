"""Numbers in what a form posts, as text of anyone's making: text -> a number, or None."""

KEY_DIGITS = 18  # what every database takes as a key
VERSION_DIGITS = 9


def number(text: str, digits: int = KEY_DIGITS) -> int | None:
    """Plain digits, at most so many; anything else is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def versions_of(values: list[str]) -> dict[int, int]:
    """`key:version` -> version by key; what is anything else is left out."""
    found: dict[int, int] = {}
    for value in values:
        key, _colon, version = value.partition(":")
        row, seen = number(key), number(version)
        if row is not None and seen is not None:
            found[row] = seen
    return found
