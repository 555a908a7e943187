"""A candidate -> plain words for its draft: title, target, quantities, deadline, bodies, themes, parties."""

import re

from commitments.extraction.measures_zh import Found
from commitments.extraction.parties import named_in
from commitments.extraction.result import Suggestions
from commitments.text import dates

QUANTITY = re.compile(
    r"(?:不少于|不低于|超过|达到|约|至少|up to |at least |over )?\d[\d,.]*\s*(?:[万亿千百]*(?:美元|欧元|元"
    r"|人次|人|名|个|家|项|所|座|条|批|场|次|处|台|套|款|例|门|种|公里|吨|亩|平方米|小时|%|％|个百分点|倍"
    r"|辆|户|张|件)|%|percent|per cent|(?:million|billion|trillion)(?: (?:dollars|euros|people))?)(?:以上"
    r"|左右|以内|以下)?"
    r"|[$€£]\s?\d[\d,.]*(?:\s(?:million|billion|trillion))?"
)
BODIES = re.compile(
    r"[（(][^（()）]{0,60}?(?:责任(?:部门|单位)|牵头(?:单位|部门)?|负责(?:单位)?|配合(?:单位)?"
    r"|分工)[^（()）]{0,300}?[）)]"
)
BODY_WORDS = re.compile(
    r"责任(?:部门|单位)|牵头(?:单位|部门)?|按职责分工负责|分工负责|负责(?:单位)?|配合(?:单位)?|等|分别|[：:（()）]"
)
CONTINUING = re.compile(
    r"继续|持续|每年|每两年|定期|不断|长期|常态化|推进|推动|加强|深化|支持|鼓励|促进|扩大|完善|continue"
    r"|each year|annually|keep|support|strengthen|promote|further|enhance"
)
THEMES = {
    "经贸": "贸易|投资|经贸|市场准入|外资|出口|进口|关税|trade|invest",
    "能源": "能源|油气|天然气|电力|核能|光伏|energy|oil|gas",
    "交通与互联互通": "交通|铁路|公路|航空|港口|口岸|走廊|物流|互联互通|班列|transport|infrastructure",
    "农业": "农业|粮食|农村|乡村|种子|耕地|food|agricultur",
    "科技与数字": "科技|创新|数字|人工智能|数据|算力|芯片|研发|digital|technology|science|AI\\b",
    "教育与人才": "教育|学校|奖学金|人才|培训|职业技能|education|training|student",
    "医疗卫生": "医疗|医务|卫生|疾病|疫情|药品|疫苗|医院|健康|医保|health|vaccine|pandemic",
    "文化与旅游": "文化|旅游|艺术|文明|体育|cultur|tourism",
    "生态环境": "生态|绿色|环境|气候|低碳|污染|减排|climate|biodiversity|emission|environment",
    "安全": "安全|反恐|执法|防务|维和|security|terror|defen[cs]e",
    "金融": "金融|银行|货币|融资|债务|基金|保险|financ|bank|debt",
    "民生与就业": "就业|养老|社保|住房|托育|低收入|困难群众|救助|employment|housing|poverty",
    "治理与改革": "改革|审批|监管|标准|立法|营商环境|政务|反腐|廉洁|governance|reform|corruption",
}
THEME_PATTERNS = {theme: re.compile(pattern, re.IGNORECASE) for theme, pattern in THEMES.items()}
TITLE_LENGTH = 40


class Context:
    """One item of the text: what its brackets say holds for its measures."""

    def __init__(self, text: str, start: int, end: int, language: str) -> None:
        self.text, self.start, self.end, self.language = text, start, end, language
        self.responsible = _bodies(text[start:end])

    def of_proposal(self, heading: str) -> Suggestions:
        whole = self.text[self.start : self.end]
        return _suggest(whole, _short(heading), self.responsible)

    def of_measure(self, start: int, end: int, governor: str) -> Suggestions:
        quote = self.text[start:end]
        return _suggest(quote, _short(governor + quote), self.responsible)


def _suggest(text: str, title: str, responsible: tuple[str, ...]) -> Suggestions:
    quantities = tuple(dict.fromkeys(found.group().strip() for found in QUANTITY.finditer(text)))
    deadline = dates.deadline(text)
    return Suggestions(
        title=title,
        target="quantified" if quantities else "continuing" if CONTINUING.search(text[:80]) else "one_off",
        quantities=quantities,
        deadline=deadline.written if deadline else "",
        due_on=deadline.due_on.isoformat() if deadline and deadline.due_on else "",
        responsible=responsible,
        themes=tuple(theme for theme, pattern in THEME_PATTERNS.items() if pattern.search(text)),
        parties=named_in(text),
    )


def _bodies(text: str) -> tuple[str, ...]:
    found = []
    for bracket in BODIES.finditer(text):
        found += [name.strip() for name in re.split(r"[、，,；;和]|\n", BODY_WORDS.sub("、", bracket.group()))]
    return tuple(dict.fromkeys(name for name in found if 1 < len(name) <= 40))


def heading(text: str, start: int, end: int, found: list[Found]) -> str:
    """Ours, for an item without one: its first measure, shortened."""
    if found:
        return _short(text[found[0].start : found[0].end])
    return _short(re.split(r"[。，；\n]|\. ", text[start:end], maxsplit=1)[0])


def _short(text: str) -> str:
    text = " ".join(text.split())
    limit = TITLE_LENGTH if not text.isascii() else 90
    return text if len(text) <= limit else text[: limit - 1] + "…"
