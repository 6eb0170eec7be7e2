"""Numbers in English words, as an American reader says them: no "and", no hyphens.

A hyphen would be a pause to the voice. Every function takes the digits as text, so that leading
zeros and numbers beyond any machine word keep their meaning.
"""

from __future__ import annotations

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ("", " thousand", " million", " billion", " trillion", " quadrillion")
_SPOKEN_WHOLE = 3 * len(_SCALES)
_SPOKEN_SINGLY = 30
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_PARTS = {2: "half", 4: "quarter"}


def cardinal(digits: str) -> str:
    """1234 is "one thousand two hundred thirty four"; what is too long to follow is counted."""
    digits = digits.lstrip("0") or "0"
    if len(digits) > _SPOKEN_SINGLY:
        return f"a number of {cardinal(str(len(digits)))} digits"
    if len(digits) > _SPOKEN_WHOLE:
        return singly(digits)
    if digits == "0":
        return "zero"
    groups = [digits[max(0, end - 3) : end] for end in range(len(digits), 0, -3)]
    said = [
        _hundreds(int(group)) + scale
        for group, scale in zip(groups, _SCALES, strict=False)
        if int(group)
    ]
    return " ".join(reversed(said))


def _hundreds(number: int) -> str:
    words = [f"{_ONES[number // 100]} hundred"] if number >= 100 else []
    number %= 100
    if number >= 20:
        words.append(_TENS[number // 10])
        number %= 10
    if number or not words:
        words.append(_ONES[number])
    return " ".join(words)


def singly(digits: str) -> str:
    """Each digit for itself; characters that are none are passed over."""
    return " ".join(_ONES[int(digit)] for digit in digits if digit.isdecimal())


def ordinal(digits: str) -> str:
    """21 is "twenty first"."""
    head, _, last = cardinal(digits).rpartition(" ")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    else:
        last = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return f"{head} {last}".strip()


def year(digits: str) -> str:
    """1905 is "nineteen oh five", 2000 "two thousand", 2026 "twenty twenty six"."""
    high, low = digits[:-2], digits[-2:]
    if len(digits) < 3 or (len(digits) == 4 and high[1] == "0" and low[0] == "0"):
        return cardinal(digits)
    return pairs(digits)


def pairs(digits: str) -> str:
    """Three or four digits as two numbers: 4090 is "forty ninety", 720 "seven twenty"."""
    high, low = digits[:-2], digits[-2:]
    if low == "00":
        return f"{cardinal(high)} hundred"
    return f"{cardinal(high)} {'oh ' if low[0] == '0' else ''}{cardinal(low)}"


def decade(digits: str) -> str:
    """1990 is "nineteen nineties", 80 "eighties", 1800 "eighteen hundreds"."""
    said = year(digits)
    return said[:-1] + "ies" if said.endswith("y") else said + "s"


def decimal(text: str) -> str:
    """3.14 is "three point one four", -0.5 "minus zero point five"; commas are passed over."""
    minus = "minus " if text[0] in "-−" else ""
    whole, _, fraction = text.lstrip("-−").replace(",", "").partition(".")
    said = cardinal(whole) if whole else ""
    if fraction:
        said = f"{said} point {singly(fraction)}".strip()
    return minus + said


def fraction(above: int, below: int) -> str:
    """1/2 is "one half", 3/4 "three quarters", 7/30 "seven over thirty"."""
    if not 2 <= below <= 20 or above >= below:
        return f"{cardinal(str(above))} over {cardinal(str(below))}"
    part = _PARTS.get(below) or ordinal(str(below))
    if above != 1:
        part = "halves" if below == 2 else part + "s"
    return f"{cardinal(str(above))} {part}"
