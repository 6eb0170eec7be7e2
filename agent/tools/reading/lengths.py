"""Lengths of time in plain words, as seconds."""

from __future__ import annotations

import re

from agent.tools.reading.numerals import numerals

_UNITS = {
    "seconds?": 1, "secs?": 1, "s": 1, "minutes?": 60, "mins?": 60, "m": 60, "hours?": 3600,
    "hrs?": 3600, "h": 3600, "days?": 86400, "weeks?": 604800, "秒钟?": 1, "分钟?": 60,
    "个?小时": 3600, "个?钟头": 3600, "天": 86400, "个?星期": 604800, "周": 604800,
}  # fmt: skip
_UNIT = "|".join(rf"{unit}(?![a-z])" for unit in _UNITS)
_ONE = rf"\d+(?:\.\d+)?[\s-]*(?:{_UNIT})"
LENGTH = rf"(?P<length>(?:-|minus |负)?{_ONE}(?:(?:\s*,?\s*(?:and\s+)?|零)(?:{_ONE}))*)"
"""Matches a length in text that went through `lengths`."""

_SPECIAL = (
    (r"\b(?:an|1|one) hour and (?:a )?half\b", "90 minutes"),
    (r"\bhalf(?: an|-| a)? ?hour\b", "30 minutes"),
    (r"\bhalf a minute\b", "30 seconds"),
    (r"\b(?:a )?quarter of an hour\b", "15 minutes"),
    (r"\b(?:3|three)[ -]quarters? of an hour\b|\b3/4 of an hour\b", "45 minutes"),
    (
        r"\b(\d+) and (?:a )?half[\s-]+(?=hours?|minutes?|seconds?|days?|weeks?|hrs?|mins?)",
        r"\1.5 ",
    ),
    (r"\b(\d+)[\s-]+(hours?|minutes?|days?|weeks?) and (?:a )?half\b", r"\1.5 \2"),
    (r"\b(?:a )?couple (?:of )?(?=hours|minutes|seconds|days|weeks)", "2 "),
    (
        r"\b(?:a|an|one) (?=(?:hour|minute|second(?! one| timer"
        r"| hand| opinion)|day|week|month|year)\b)",
        "1 ",
    ),
    (r"\b(?:a |1 )?fortnight\b", "2 weeks"),
    (r"(\d+)个半(小时|钟头|星期|月)", r"\1.5个\2"),
    (r"半个?(?:小时|钟头)", "30分钟"),
    (r"半分钟", "30秒"),
    (r"(\d+)小时半", r"\1.5小时"),
    (r"(\d+)分(?:钟)?半(?!钟)", r"\1分30秒"),
    (r"(?<!点)([123])刻钟?", r"\1刻钟"),
    (r"(?<!\d)1刻钟", "15分钟"),
    (r"(?<!\d)2刻钟", "30分钟"),
    (r"(?<!\d)3刻钟", "45分钟"),
    (r"(\d)点(\d+)(?=个?小时|分钟|秒)", r"\1.\2"),
)


def lengths(text: str) -> str:
    """The text with number words and set phrases ("half an hour") as digits and units."""
    text = numerals(text)
    for pattern, instead in _SPECIAL:
        text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    return text


def seconds(length: str) -> int:
    """The seconds of what `LENGTH` matched; negative where it says so."""
    total = 0.0
    for amount, unit in re.findall(rf"(\d+(?:\.\d+)?)[\s-]*({_UNIT})", length, re.IGNORECASE):
        worth = next(n for name, n in _UNITS.items() if re.fullmatch(name, unit, re.IGNORECASE))
        total += float(amount) * worth
    return round(-total if re.match(r"\s*(?:-|minus|负)", length) else total)


def parted(total: int) -> dict[str, int]:
    """Seconds as the arguments of a call: hours, minutes and seconds, those that are not 0."""
    sign = -1 if total < 0 else 1
    minutes, rest = divmod(abs(total), 60)
    hours, minutes = divmod(minutes, 60)
    parts = {"hours": sign * hours, "minutes": sign * minutes, "seconds": sign * rest}
    return {name: value for name, value in parts.items() if value} or {"seconds": 0}
