"""Plain words for the fields of a draft."""

import pytest

from commitments.extraction.extract import extract
from commitments.extraction.result import Suggestions


def suggested(act: str) -> Suggestions:
    text = f"我宣布以下举措：\n第一，中方将{act}。\n第二，中方将举办青年论坛。\n"
    return extract(text).proposals[0].measures[0].suggestions


@pytest.mark.parametrize(
    ("act", "target"),
    [("提供500个奖学金名额", "quantified"), ("继续举办农业论坛", "continuing"), ("成立合作秘书处", "one_off")],
)
def test_the_target_follows_from_figures_and_verbs(act: str, target: str) -> None:
    assert suggested(act).target == target


def test_quantity_deadline_theme_and_party_are_read() -> None:
    found = suggested("到2030年为东盟国家培训10万人次医务人员")
    assert found.quantities == ("10万人次",)
    assert (found.deadline, found.due_on) == ("到2030年", "2030-12-31")
    assert "医疗卫生" in found.themes
    assert found.parties == ("东盟国家",)


@pytest.mark.parametrize(
    ("act", "parties"),
    [
        ("同巴西、南非和马里举办青年论坛", ("巴西", "南非", "马里")),
        ("向非洲国家派遣医务人员", ("非洲国家",)),
        ("在国内举办论坛", ()),
    ],
)
def test_countries_and_regions_are_named_without_a_list_of_ours(act: str, parties: tuple[str, ...]) -> None:
    assert suggested(act).parties == parties


def test_a_long_quote_makes_a_short_title() -> None:
    assert len(suggested("建设" + "面向未来的高水平开放型综合性" * 4 + "平台").title) <= 40
