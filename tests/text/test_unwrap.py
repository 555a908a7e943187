"""Layout -> paragraphs, each character with its place in the text as given."""

import pytest

from commitments.text.unwrap import unwrap


def paragraphs(text: str) -> list[str]:
    flat = unwrap(text)
    return [flat.text[each.start : each.end] for each in flat.paragraphs]


LINES = ["当前国际形势正在发生深刻复杂变化，机遇", "和挑战都前所未有，各国应当携手合作，共", "同应对。"]


def test_lines_broken_in_mid_sentence_are_joined() -> None:
    assert paragraphs("\n".join(LINES * 3)) == ["".join(LINES)] * 3


def test_blank_lines_between_all_lines_do_not_break_paragraphs() -> None:
    assert paragraphs("\n\n".join(LINES * 3)) == ["".join(LINES)] * 3


def test_blank_lines_after_full_stops_do() -> None:
    english = (
        "We met in spring to discuss the state of the river and to\n"
        "agree what each of our two cities will do about its banks.\n"
    )
    assert len(paragraphs(f"{english}\n{english}\n{english}\n{english}")) == 4


def test_broken_english_lines_are_joined_with_a_space_and_hyphens_without() -> None:
    text = (
        "We will work towards a shared plan and a low-\ncarbon economy that serves everyone in our part\n"
        "of the world and leaves no one behind at all, as\nwe said last year when we met for the first time\n"
        "in the town hall of the older of the two cities,\nnear the river.\n"
    )
    [paragraph] = paragraphs(text)
    assert "a shared plan and a low-carbon economy that serves everyone in our part of the world" in paragraph


def test_one_paragraph_per_line_stays_so() -> None:
    text = "标题\n一、任务\n建设中心。\n举办论坛，并邀请各方代表参加讨论，形成共识，发布成果。\n"
    assert paragraphs(text) == [
        "标题",
        "一、任务",
        "建设中心。",
        "举办论坛，并邀请各方代表参加讨论，形成共识，发布成果。",
    ]


def test_wide_spaces_part_paragraphs_in_a_text_of_one_line() -> None:
    assert paragraphs("各位代表：　　现在开会。　　继往开来　共创未来。") == [
        "各位代表：",
        "现在开会。",
        "继往开来　共创未来。",
    ]


@pytest.mark.parametrize("line", ["12", "- 12 -", "— 3 —", "第 4 页", "5 / 20"])
def test_page_numbers_are_left_out(line: str) -> None:
    assert paragraphs(f"建设中心。\n{line}\n举办论坛。") == ["建设中心。", "举办论坛。"]


@pytest.mark.parametrize(
    "text", ["\n".join(LINES * 3), "\r\n".join(LINES * 3), "\ufeff一、任务\r\n建设。", "a\u2028b\x0cc"]
)
def test_every_character_knows_its_place(text: str) -> None:
    flat = unwrap(text)
    assert len(flat.places) == len(flat.text)
    for paragraph in flat.paragraphs:
        for place in range(paragraph.start, paragraph.end):
            assert flat.text[place] == text[flat.places[place]] or flat.text[place] == " "
        start, end = flat.given(paragraph.start, paragraph.end)
        assert "".join(text[start:end].split()) == "".join(flat.text[paragraph.start : paragraph.end].split())
