"""`manage.py seed`: what it prints, and how it ends."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils.translation import override

from commitments.actions.seeding.report import Report
from commitments.models import Commitment
from tests.actions.seeded import NOW, change_table, copy, dump, first_run, pick, seeded

__all__ = ["copy", "first_run", "seeded"]


def run(**options: Any) -> str:
    out = io.StringIO()
    with override("en"), time_machine.travel(NOW, tick=False):
        call_command("seed", stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("seeded")
class TestLoaded:
    def test_it_prints_a_table_of_what_it_did(self) -> None:
        printed = run()
        assert [word in printed for word in ("created", "updated", "unchanged", "kept")] == [True] * 4
        assert any(line.split() == ["0", "0", "85", "0", "commitments"] for line in printed.splitlines())
        assert "Left as they are" not in printed

    def test_it_names_the_rows_that_it_kept(self, copy: Path) -> None:
        row = Commitment.objects.get(code="4.2")
        row.title_zh = "分析员的标题"
        row.save()
        change_table(copy, "register.csv", lambda rows: pick(rows, code="4.2").update(title_zh="新的标题"))
        assert "xian-2023/commitment/4.2: it was edited here" in run(fixtures=copy)

    def test_it_names_twenty_and_counts_the_rest(self, copy: Path) -> None:
        change_table(copy, "notes.csv", lambda rows: rows.clear())
        printed = run(fixtures=copy)
        assert printed.count("no longer in the fixtures") == 20
        assert "and 8 more" in printed

    def test_json_stands_alone(self, seeded: Report) -> None:
        data = json.loads(run(json=True))
        assert data["rows"]["assessment"] == {"created": 0, "updated": 0, "unchanged": 131, "kept": 0}
        assert data["kept"] == []


@pytest.mark.django_db
def test_a_refusal_ends_it_with_sentences(copy: Path) -> None:
    before = dump()
    change_table(copy, "register.csv", lambda rows: [row.update(kind="x") for row in rows])
    with pytest.raises(CommandError) as caught:
        run(fixtures=copy, json=True)
    said = str(caught.value).splitlines()
    assert said[0] == "The seed was refused and nothing was written:"
    assert said[1].startswith("xian-2023/register.csv, line 2, kind = “x”: Allowed are")
    assert len(said) == 22
    assert said[-1] == "… and 65 more."
    assert dump() == before
