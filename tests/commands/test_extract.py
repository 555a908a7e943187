"""`manage.py extract` and `manage.py evaluate_extraction`: what they print, and how they end."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from commitments.extraction.scoring import score, summary
from tests.extraction.labelled import FOLDER, drafted, gold_of, text_of

SAMPLE = "a04-forum-speech"


def run(*arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    with override("en"):
        call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def refusal(*arguments: Any, **options: Any) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_json_stands_alone_and_its_places_are_those_of_the_file() -> None:
    path = FOLDER / "texts" / f"{SAMPLE}.txt"
    data = json.loads(run("extract", path, json=True))
    text = path.read_text(encoding="utf-8")
    assert (data["file"], data["format"], data["offsets_into"]) == (path.name, "txt", "file")
    assert "text" not in data
    for proposal in data["proposals"]:
        for measure in proposal["measures"]:
            assert text[measure["start"] : measure["end"]] == measure["quote"]


def test_json_of_a_page_brings_the_text_that_its_places_are_in(tmp_path: Path) -> None:
    path = tmp_path / "speech.html"
    path.write_text("".join(f"<p>{line}</p>" for line in text_of(SAMPLE).splitlines() if line), encoding="utf-8")
    data = json.loads(run("extract", path, json=True))
    assert data["offsets_into"] == "text"
    assert len(data["proposals"]) == 5
    for proposal in data["proposals"]:
        for measure in proposal["measures"]:
            assert data["text"][measure["start"] : measure["end"]] == measure["quote"]


def test_a_text_in_gbk_gives_the_same_quotes(tmp_path: Path) -> None:
    path = tmp_path / "speech.txt"
    path.write_bytes(text_of(SAMPLE).encode("gb18030"))
    found = json.loads(run("extract", path, json=True))
    assert found["encoding"] == "gb18030"
    assert found["proposals"] == json.loads(json.dumps(drafted(SAMPLE)["proposals"]))


def test_without_json_it_lists_proposals_measures_and_reasons() -> None:
    printed = run("extract", FOLDER / "texts" / f"{SAMPLE}.txt")
    assert printed.startswith("5 proposals, 18 measures, 3 principles apart\n")
    assert "1. 气候韧性行动" in printed
    assert "will stated" in printed


def test_a_file_that_cannot_be_read_ends_it_with_one_sentence(tmp_path: Path) -> None:
    assert (
        refusal("extract", tmp_path / "none.txt", json=True) == "none.txt cannot be opened: No such file or directory."
    )
    wrong = tmp_path / "speech.xyz"
    wrong.write_text("x")
    assert refusal("extract", wrong).startswith("speech.xyz is of no known type.")


@pytest.mark.parametrize("least", [0.5, 0.8])
def test_the_figures_are_those_of_the_scoring(least: float) -> None:
    figures = json.loads(run("evaluate_extraction", FOLDER, iou=least, docs="a0"))
    names = sorted(figures["per_document"])
    assert len(names) == 9
    expected = {name: score(drafted(name), gold_of(name), text_of(name), least) for name in names}
    assert figures["per_document"] == expected
    assert figures["macro"] == summary(expected)["macro"]
    assert figures["iou"] == least


def test_a_folder_without_labels_and_broken_labels_are_named(tmp_path: Path) -> None:
    assert "holds no gold/*.json" in refusal("evaluate_extraction", tmp_path)
    for part in ("texts", "gold"):
        (tmp_path / part).mkdir()
    (tmp_path / "gold" / "x.json").write_text('{"proposals": 1}')
    assert "x.txt cannot be read" in refusal("evaluate_extraction", tmp_path)
    shutil.copy(FOLDER / "texts" / f"{SAMPLE}.txt", tmp_path / "texts" / "x.txt")
    assert "x.json is not a labelled document" in refusal("evaluate_extraction", tmp_path)


def test_an_overlap_that_makes_no_sense_is_refused() -> None:
    assert "above 0" in refusal("evaluate_extraction", FOLDER, iou=0.0)
