"""A page that takes only the two clocks: query parameters -> clock and errors."""

from functools import cached_property

from django.http import QueryDict

from commitments.catalogue import parameters
from commitments.catalogue.clock import Clock, ClockForm


class Visit:
    def __init__(self, params: QueryDict) -> None:
        self.form = ClockForm(params)
        self.form.is_valid()
        self.errors = parameters.refusals(params, tuple(ClockForm.base_fields), (), self.form)

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @cached_property
    def clock(self) -> Clock:
        return self.form.clock() if self.is_valid else Clock.now()
