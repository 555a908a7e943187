"""Names of the tests that schemathesis makes."""

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """Since pytest 9.2 all operations stand under one name, and a run on several cores takes them for one test."""
    operation = getattr(item, "operation_label", None)
    if operation and not item.id.params:
        item._id = item.id.with_params(operation)
