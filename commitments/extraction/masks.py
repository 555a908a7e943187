"""Text -> the same text with what stands in quotation marks and brackets blanked, so that patterns see its grammar."""

import re

BLANK = "□"
PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "[": "]",
}
CLOSERS = {closer: opener for opener, closer in PAIRS.items()}
LONGEST = 240  # a pair further apart than this is two strays, or quotes whole sentences


# A sign of the Latin keyboard next to Chinese -> the Chinese sign that was meant; the length stays.
HALF = str.maketrans(",;:?!()", "，；：？！（）")
AFTER_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff”’》）%\d])[,;:?!)](?!\d)|[,;:?!(](?=[\u4e00-\u9fff“《])")
STOP = re.compile(r"(?<=[\u4e00-\u9fff”》）])\.(?=\s|$|[\u4e00-\u9fff])")


def full_width(text: str) -> str:
    """For reading only: quotes are taken from the text as given."""
    text = AFTER_CHINESE.sub(lambda found: found.group().translate(HALF), text)
    return STOP.sub("。", text)


def mask(text: str) -> str:
    """Of the same length. Pairs do not reach over a line end, nor over a whole speech in quotation marks."""
    if not any(sign in text for sign in PAIRS):
        return text
    pieces: list[str] = []
    done = 0
    for start, end in _outermost(text):
        if start >= done:
            pieces += [text[done : start + 1], BLANK * (end - start - 1)]
            done = end
    return "".join([*pieces, text[done:]])


def _outermost(text: str) -> list[tuple[int, int]]:
    """Matched pairs, the wider first at the same place; each place is looked at once."""
    open_at: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if sign == "\n":
            open_at.clear()
        elif sign in PAIRS:
            open_at.append((sign, place))
        elif sign in CLOSERS and open_at:
            if open_at[-1][0] == CLOSERS[sign]:
                start = open_at.pop()[1]
                if 1 < place - start <= LONGEST and not _is_speech(text, start, place):
                    found.append((start, place))
            elif sign != "’":  # an apostrophe closes nothing
                open_at.pop()
    return sorted(found)


def _is_speech(text: str, start: int, end: int) -> bool:
    return text[start] in "“‘「『" and "。" in text[start + 1 : end - 1]
