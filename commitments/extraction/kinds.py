"""What a text is: its language, and whether “must” binds its issuer (a directive) or exhorts others (a speech)."""

import re
from enum import Enum

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
# Words of states speaking to states, and of an administration ordering its own house.
ABROAD = re.compile(
    r"中方|两国|双方|各国|国际社会|世界|峰会|元首|成员国|伙伴关系|全球|联合国|外长|主席先生|女士们|宣言"
    r"|命运共同体|中国同|中国愿|中国将|友好|我们愿|地区国家|一带一路|总统|首相|国王|(?<!地)方[愿将]"
)
AT_HOME = re.compile(
    r"各地区|各部门|各级|责任单位|责任部门|牵头|国务院|市政府|省政府|全市|全省|全区|全县|我市|我省|本市"
    r"|市委|省委|党中央|财政|乡村|农村|街道|社区|企业|行动方案|实施意见|实施方案|通知"
    r"|城镇|居民|民生|群众|审批|行政|专项资金|试点|民营|人大代表|各位代表|政府工作|十四五|十五五|会议强调"
    r"|会议指出|全国统一|营商环境|县域|公共服务|发展改革|按职责分工|特制定|主管部门"
)
TITLE_OF_DIRECTIVE = re.compile(
    r"(?:意见|通知|方案|规划|计划|工作报告|决定|办法|措施|纲要|要点|条例|细则|清单)(?:[（(].{0,30}[)）])?$"
)


class Kind(Enum):
    SPEECH = "speech"  # and reports of speeches, statements of states
    DIRECTIVE = "directive"


def language_of(text: str) -> str:
    sample = text[:20000]
    return "zh" if 3 * len(CHINESE.findall(sample)) >= len(LATIN.findall(sample)) else "en"


def kind_of(text: str, opening: list[str]) -> Kind:
    """By its first lines, then by whose words it uses more."""
    abroad, at_home = len(ABROAD.findall(text)), len(AT_HOME.findall(text))
    if any(TITLE_OF_DIRECTIVE.search(line) for line in opening if len(line) <= 60) and at_home >= 0.5 * abroad:
        return Kind.DIRECTIVE
    return Kind.DIRECTIVE if at_home > abroad else Kind.SPEECH
