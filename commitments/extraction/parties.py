"""Countries, regions and organisations that a text names: a quote -> their names, as plain words.

Countries and regions come from the Unicode locale data, in the languages that texts are read in.
"""

import re
from functools import cache

from babel import Locale

LANGUAGES = ("zh", "en")
NO_PARTY = (
    "001",
    "CN",
    "EU",
    "EZ",
    "QO",
    "UN",
    "XA",
    "XB",
    "ZZ",
)  # the speaker, the world, bodies, no place
BODIES_ZH = "联合国|欧盟|东盟|非盟|海合会|拉共体|世卫组织|世界银行|太平洋岛国|阿拉伯国家|发展中国家"
BODIES_EN = "United Nations|European Union|African Union|ASEAN|World Bank|IMF|WTO|WHO|IEA|OECD"


def named_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.group() for found in _pattern().finditer(text)))


@cache
def _pattern() -> re.Pattern[str]:
    """The longest name first, so that no name hides in another."""
    zh, en = (_places(language) for language in LANGUAGES)
    return re.compile(rf"(?:{BODIES_ZH}|{zh})(?:五国|国家|各国)?|\b(?:{BODIES_EN}|{en})\b")


def _places(language: str) -> str:
    names = {name for code, name in Locale(language).territories.items() if code not in NO_PARTY and len(name) > 1}
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
