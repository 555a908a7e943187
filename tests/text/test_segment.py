"""Words and tags, and that a cache file that somebody planted is not read."""

import os
import subprocess
import sys
from pathlib import Path

from commitments.text.segment import part_of_speech, search_words, words

ROOT = Path(__file__).resolve().parents[2]


def test_words_joined_are_the_text() -> None:
    text = "推进航空运输市场开放，发展地区物流网络。"
    assert "".join(words(text)) == text
    assert "航空运输" in words(text)


def test_search_words_hold_the_shorter_words_too() -> None:
    assert {"航空", "运输"} <= set(search_words("航空运输"))


def test_parts_of_speech_come_from_the_dictionary() -> None:
    assert (part_of_speech("建立"), part_of_speech("企业"), part_of_speech("不是词语")) == ("v", "n", "")


def test_importing_the_module_does_not_load_the_library() -> None:
    code = "import sys, commitments.text.segment; print('jieba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_planted_cache_is_not_read_and_none_is_left(tmp_path: Path) -> None:
    (tmp_path / "jieba.cache").write_bytes(b"planted")
    code = "from commitments.text.segment import words; print(words('推进航空运输市场开放')[0])"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "推进"
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    assert (tmp_path / "jieba.cache").read_bytes() == b"planted"
