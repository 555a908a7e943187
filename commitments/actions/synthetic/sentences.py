"""Sentences of synthetic registers: a random source -> what a policy text, its reviewers and the press might write."""

import random
from typing import NamedTuple

from commitments.actions.synthetic.words import FIELDS, OBJECTS, PARTNERS, PLACES, VERBS, Pair

SHARE_IN_ENGLISH = 0.6
MEASURED = ("公里", "个", "项", "所", "万吨", "万千瓦", "人次", "亿元", "户", "列")
TAILS = (
    "，形成可复制的经验",
    "，惠及沿线居民",
    "，做到年内见效",
    "，由牵头单位按季度公布进展",
    "，鼓励社会资本参与",
    "，优先安排在边境地区",
    "，与现有设施相衔接",
    "",
    "",
)
FOUND = (
    "{place}有关部门公布，{object}已投入使用，{field}相关安排按计划推进。",
    "公开报道显示，{field}方面的{object}完成了第{n}批任务。",
    "{partner}方面的材料提到{object}，但没有给出完成的时间。",
    "年度报告列出{n}{unit}的数量，与承诺的口径一致。",
    "招标公告表明{object}已经立项，资金来源没有说明。",
    "现有材料只提到{field}，不足以判断{object}的进度。",
)
PAGES = (
    "{place}{object}进展通报（第{n}期）",
    "{partner}与{place}就{field}举行工作会谈",
    "{field}年度统计公报：{place}",
    "记者走访{place}{object}",
)


class Subject(NamedTuple):
    """What one commitment is about; its parts and the pages on it take up the same words."""

    place: Pair
    partner: Pair
    field: Pair
    verb: Pair
    object: Pair
    n: int
    unit: str


def subject(source: random.Random, field: Pair | None = None) -> Subject:
    pick = source.choice
    return Subject(
        pick(PLACES),
        pick(PARTNERS),
        field or pick(FIELDS),
        pick(VERBS),
        pick(OBJECTS),
        source.randrange(2, 990),
        pick(MEASURED),
    )


def title(source: random.Random, about: Subject) -> tuple[str, str]:
    """Chinese, and English for some."""
    place, partner, field, verb, thing, _n, _unit = about
    english = f"{verb.en} a {thing.en} for {field.en} in {place.en}" if source.random() < SHARE_IN_ENGLISH else ""
    return f"{verb.zh}{place.zh}{field.zh}{thing.zh}", english


def promise(source: random.Random, about: Subject) -> str:
    """One sentence of the source text."""
    year = source.randrange(2024, 2031)
    tail = source.choice(TAILS)
    place, partner, field, verb, thing, n, unit = about
    if source.random() < 0.5:
        return f"到{year}年，{place.zh}{verb.zh}{n}{unit}{field.zh}{thing.zh}{tail}。"
    return f"{verb.zh}{place.zh}与{partner.zh}的{field.zh}{thing.zh}{tail}。"


def heading(source: random.Random, field: Pair, number: int) -> tuple[str, str, str]:
    """Of a proposal: its line in the text, its title, its English title."""
    verb = source.choice(("推动", "加强", "提升", "拓展"))
    return f"第{number}条 {verb}{field.zh}合作", f"{verb}{field.zh}合作", f"Cooperation on {field.en}"


def _filled(form: str, about: Subject) -> str:
    place, partner, field, _verb, thing, n, unit = about
    words = {"place": place.zh, "partner": partner.zh, "field": field.zh, "object": thing.zh, "n": n, "unit": unit}
    return form.format(**words)


def rationale(source: random.Random, about: Subject) -> str:
    return _filled(source.choice(FOUND), about)


def page_title(source: random.Random, about: Subject) -> str:
    return _filled(source.choice(PAGES), about)


def criterion(about: Subject) -> str:
    return f"公开材料显示{about.place.zh}的{about.object.zh}已经交付，范围与原文一致。"
