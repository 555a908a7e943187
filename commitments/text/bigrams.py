"""Keys (see folding.py) -> the tokens of an index in which any run of Han characters is found as a phrase.

Every character begins a token: itself with the next one, the last of a run alone. 中欧班列 -> 中欧 欧班 班列 列.
"""

from dataclasses import dataclass
from functools import cached_property

from commitments.text.folding import is_han, units

FIELD, PART = "‖", "¦"  # between fields, and between texts of one field; no phrase reaches across
SINGLE = "·"  # before a character that stands for itself alone


def tokens(key: str) -> list[str]:
    """In order; FIELD and PART stand among them, so that neighbours are neighbours."""
    found: list[str] = []
    for unit in key.split():
        if is_han(unit):
            found += [unit[at : at + 2] for at in range(len(unit))]
        else:
            found.append(unit)
    return found


def singles(*keys: str) -> list[str]:
    """Every Han character of the keys once, marked: for queries of one character."""
    return [SINGLE + one for one in sorted({one for key in keys for one in key if is_han(one)})]


@dataclass(frozen=True)
class Phrase:
    """Units that follow one another. It begins and ends anywhere in a run of Han, but only with whole other words."""

    units: tuple[str, ...]
    is_begun: bool = False  # its last word may go on

    @classmethod
    def begun(cls, text: str) -> "Phrase":
        return cls(tuple(units(text)), True)

    @classmethod
    def of(cls, text: str) -> "Phrase":
        return cls(tuple(units(text)))

    def __str__(self) -> str:
        return " ".join(self.units)

    def __bool__(self) -> bool:
        return bool(self.units)

    @cached_property  # hundreds of rows are asked whether they have it
    def pattern(self) -> str:
        """What a key, with blanks around it, contains where the phrase stands in it."""
        before = "" if is_han(self.units[0]) else " "
        return before + str(self) + ("" if self.is_begun or is_han(self.units[-1]) else " ")

    @property
    def tokens(self) -> list[str]:
        """The last of them may be a single Han character, which any token that begins with it continues."""
        if self.is_single:
            return [SINGLE + self.units[0]]
        found = tokens(str(self))
        return found[:-1] if len(self.units[-1]) > 1 and is_han(self.units[-1]) else found

    @property
    def is_single(self) -> bool:
        return len(self.units) == 1 and len(self.units[0]) == 1 and is_han(self.units[0])

    @property
    def is_open(self) -> bool:
        """The last token is the beginning of one."""
        if is_han(self.units[-1]):
            return not self.is_single and len(self.units[-1]) == 1
        return self.is_begun

    @property
    def han(self) -> int:
        return sum(len(unit) for unit in self.units if is_han(unit))

    def is_in(self, key: str) -> bool:
        return self.pattern in key
