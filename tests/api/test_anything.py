"""Whatever the schema allows, and much that it does not: never a fault of ours, never an answer of another shape.

`API_CASES=10000 python3 dev.py test -m slow tests/api/test_anything.py -s` asks ten thousand and says how many.
"""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings as configured
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.actions.seeded import loaded
from tracker.wsgi import application

CASES = int(os.environ.get("API_CASES", "1500"))
OPERATIONS = 12
THERE = {"document": "xian-2023", "code": "4.2"}
# Much that the schema allows is refused with reason: a cursor that no page gave, a source that is not in the register,
# a day that lies ahead. Those answers are declared, and their shape is checked as all others.
LEFT_OUT = (positive_data_acceptance,)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
asked: Counter[int] = Counter()


@pytest.fixture(scope="module", autouse=True)
def _register(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with loaded(django_db_blocker):
        yield


with override("en"):
    schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
schema.app = application


@schema.hook
def map_case(context: Any, case: schemathesis.Case) -> schemathesis.Case:
    """No generator finds a cursor, or a row that there is: of what the schema allows, half is led to some."""
    is_allowed = case.meta is not None and case.meta.generation.mode == schemathesis.GenerationMode.POSITIVE
    if is_allowed and len(str(case.query)) % 2 == 0:
        for name in ("cursor", "entered_cursor"):
            case.query.pop(name, None)
        case.path_parameters.update({name: word for name, word in THERE.items() if name in case.path_parameters})
    return case


@schema.parametrize()
@settings(
    max_examples=max(1, CASES // OPERATIONS),
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # a case is short enough as it is found
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_schema_declares(case: schemathesis.Case) -> None:
    assert not configured.TRACKER_API_RATE
    plain = {"Accept-Encoding": "identity"}  # the client within the process reads no gzip
    answer = case.call_and_validate(headers=plain, excluded_checks=list(LEFT_OUT))
    asked[answer.status_code] += 1


def test_enough_was_asked_and_much_of_it_answered() -> None:
    print(f"\n{sum(asked.values())} cases: {dict(sorted(asked.items()))}")  # noqa: T201
    assert len(CHECKS.get_all()) > 5
    assert sum(asked.values()) >= CASES * 0.8
    assert asked[200] > CASES / 5 and not [status for status in asked if status >= 500]
