"""One commitment with all that is public of it, for programs: what its page shows and the rows behind it."""

from functools import cached_property
from typing import Any

from commitments.catalogue import judgements
from commitments.catalogue.clock import Clock
from commitments.catalogue.detail import Detail
from commitments.choices import PassageRole
from commitments.models import Commitment, CommitmentTheme


class Whole(Detail):
    def __init__(self, row: Commitment, clock: Clock) -> None:
        super().__init__(row, clock)
        row.standing = self.standing
        row.primary_passages = [passage for passage in self.passages if passage.role == PassageRole.PRIMARY]

    @cached_property
    def judgements(self) -> list[Any]:
        return judgements.history(self.row, self.clock)

    @cached_property
    def themes(self) -> list[CommitmentTheme]:
        return list(CommitmentTheme.objects.filter(commitment=self.row).select_related("theme"))
