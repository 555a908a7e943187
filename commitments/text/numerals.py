"""Chinese numerals: 8 -> 八, and 十二 -> 12."""

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100}


def chinese(number: int) -> str:
    """From 0 to 99; beyond that the figures themselves."""
    if not 0 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def number_of(numeral: str) -> int | None:
    """十二 -> 12, 一百零三 -> 103, 12 and １２ -> 12; None where it is no numeral of a list."""
    if numeral.isdecimal():
        return int(numeral) if len(numeral) <= 4 else None
    total, digit = 0, 0
    for sign in numeral:
        if sign in UNITS:
            total, digit = total + (digit or 1) * UNITS[sign], 0
        elif (found := DIGITS.find(sign)) >= 0:
            digit = found
        else:
            return None
    return total + digit if numeral else None
