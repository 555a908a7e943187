"""Chinese numerals: 8 -> 八."""

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """From 0 to 99; beyond that the figures themselves."""
    if not 0 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
