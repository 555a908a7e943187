"""What the writers of an edition's ZIP are given."""

from dataclasses import dataclass, field

from commitments.catalogue.edition_changes import Change
from commitments.catalogue.editions import Frozen


@dataclass(frozen=True)
class Release:
    """`changes`: since the edition before it; `names`: the site's name in each language; `reports`: name -> bytes."""

    frozen: Frozen
    changes: list[Change]
    names: dict[str, str]
    reports: dict[str, bytes] = field(default_factory=dict)
