"""The Chinese catalogue: whole, compiled, in step with the code, and typeset as Chinese."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext

from commitments.choices import Bearing, Status

ROOM = Path(settings.BASE_DIR) / "commitments"
CATALOGUE = ROOM / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
GETTEXT = ("xgettext", "msguniq", "msgmerge", "msgattrib")

HAN = "[\u3400-\u9fff]"
PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|\{\w*\}")
TAG = re.compile(r"</?\w+>")
SAMPLE = re.compile(r'\{".*"\}')  # of JSON, in Latin letters and signs
HALF_WIDTH = re.compile(rf"{HAN}[,.;:!?()]|[,;:!?()]{HAN}")
TYPED_SPACE = re.compile(rf"{HAN} +\S|\S +{HAN}")
# The design writes these with a space.
AS_DESIGNED = ("AI 辅助案头初评", "（初评 %(day)s）")
# No praise and no blame: the subject is public sources.
BLAME = re.compile("失败|违背|食言|违约|失信|未兑现|不作为")


def entries() -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def forms(entry: polib.POEntry) -> list[str]:
    """Chinese has one form whatever the number; the list would show if there were more."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def sentences() -> Iterator[str]:
    """What is Chinese in the catalogue, samples of code left out."""
    for entry in entries():
        for text in forms(entry):
            yield SAMPLE.sub("", text)


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def test_everything_is_translated():
    assert [entry.msgid for entry in entries() if not all(forms(entry))] == []


def test_nothing_is_a_guess():
    assert not polib.pofile(str(CATALOGUE)).metadata_is_fuzzy
    assert [entry.msgid for entry in entries() if entry.fuzzy] == []


def test_there_is_one_form_for_every_number():
    assert [entry.msgid for entry in entries() if len(forms(entry)) != 1] == []


@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_translations_carry_what_the_message_carries(pattern: re.Pattern[str]):
    wrong = {
        key(entry): text
        for entry in entries()
        for text in forms(entry)
        if set(pattern.findall(text)) != set(pattern.findall(f"{entry.msgid} {entry.msgid_plural}"))
    }
    assert wrong == {}


def test_the_compiled_file_says_the_same():
    compiled = {key(entry): forms(entry) for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    assert compiled == {key(entry): forms(entry) for entry in entries()}


def test_django_answers_with_these_words():
    """Not with those of an app that is listed before ours."""
    with override("zh-hans"):
        assert {key(entry): _answered(entry) for entry in entries()} == {key(e): forms(e)[0] for e in entries()}


def _answered(entry: polib.POEntry) -> str:
    if entry.msgid_plural:
        one, many = entry.msgid, entry.msgid_plural
        return npgettext(entry.msgctxt, one, many, 2) if entry.msgctxt else ngettext(one, many, 2)
    return pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)


@pytest.mark.skipif(not all(map(shutil.which, GETTEXT)), reason="GNU gettext is not installed")
def test_no_string_of_the_code_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    copy = tmp_path / ROOM.name
    shutil.copytree(ROOM, copy, ignore=shutil.ignore_patterns("locale", "__pycache__"))
    (copy / "locale").mkdir()
    monkeypatch.chdir(copy)
    call_command("makemessages", locale=["zh_Hans"], no_location=True, verbosity=0)
    found = polib.pofile(str(copy / CATALOGUE.relative_to(ROOM)))
    assert sorted({key(entry) for entry in found} - {key(entry) for entry in entries()}) == []


# How it is written


def test_no_half_width_sign_stands_beside_a_chinese_character():
    assert [text for text in sentences() if HALF_WIDTH.search(TAG.sub("", text))] == []


def test_quotation_marks_are_the_curved_ones():
    assert [text for text in sentences() if re.search("[\"'「」『』]", text)] == []


def test_no_space_is_typed_beside_a_chinese_character():
    assert [text for text in sentences() if TYPED_SPACE.search(_without(text, AS_DESIGNED))] == []


def _without(text: str, phrases: tuple[str, ...]) -> str:
    for phrase in phrases:
        text = text.replace(phrase, "")
    return text


def test_sentences_end_as_chinese_ones():
    whole = [entry for entry in entries() if entry.msgid.endswith(".")]
    assert [text for entry in whole for text in forms(entry) if not text.endswith("。")] == []


def test_no_word_praises_or_blames():
    assert [text for text in sentences() if BLAME.search(text)] == []


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("“No direct evidence found” means", Status.NO_EVIDENCE.labels["zh"]),
        ("A summit's own text: it never carries", Status.COMPLETED.labels["zh"]),
        ("A summit's own text: it never carries", Status.SUSTAINED.labels["zh"]),
        ("before the first judgement a measure counts as", Status.NOT_ASSESSED.labels["zh"]),
        ("that shows completion", Bearing.COMPLETION.labels["zh"]),
    ],
)
def test_sentences_use_the_words_of_the_vocabularies(message: str, words: str):
    found = [text for entry in entries() if message in entry.msgid for text in forms(entry)]
    assert found and all(words in text for text in found)
