"""Days in plain words: "tomorrow", "the 1st of June", "in a fortnight", "下周三", "Christmas"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_ZH_WEEKDAYS = dict(
    zip("一二三四五六日天123456", (0, 1, 2, 3, 4, 5, 6, 6, 0, 1, 2, 3, 4, 5), strict=True)
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FEASTS = {
    r"\b(?:new year'?s? eve|the end of the (?:year|this year))\b|跨年|年底": (12, 31),
    r"\bnew year(?:'?s)?(?: day)?\b|元旦": (1, 1),
    r"\bchristmas eve\b|平安夜": (12, 24),
    r"\bchristmas(?: day)?\b|\bxmas\b|圣诞节?": (12, 25),
    r"\bhalloween\b|万圣节": (10, 31),
    r"\bvalentine'?s?(?: day)?\b|情人节": (2, 14),
    r"国庆节?": (10, 1),
    r"劳动节|五一": (5, 1),
}
_YEAR = r"(?:,?\s*(?P<year>(?:1[5-9]|20|21)\d\d))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ON = r"(?:\b(?:on|until|till|to|by|from|since|for|the)\s+)*"
_AHEAD = {"days": 1, "day": 1, "天": 1, "日": 1, "weeks": 7, "week": 7, "周": 7, "星期": 7,
          "礼拜": 7}  # fmt: skip

Found = tuple[date, str]


def find_day(text: str, today: date) -> tuple[date | None, str]:
    """The first day that a text names, as seen from today, and the text without it.

    A day of the year that has passed is the next one; a year said is kept.
    """
    for reader in _READERS:
        if found := reader(text, today):
            return found
    return None, text


def all_days(text: str, today: date) -> list[date]:
    """Every day that a text names, in the order in which they are found."""
    days = list[date]()
    while len(days) < 5:
        day, text = find_day(text, today)
        if day is None:
            break
        days.append(day)
    return days


def _iso(text: str, today: date) -> Found | None:
    found = re.search(rf"{_ON}(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})[日号]?", text)
    return _made(text, found, found and (int(found[1]), int(found[2]), int(found[3])))


def _numeric(text: str, today: date) -> Found | None:
    found = re.search(rf"{_ON}(?<![\d./])(\d{{1,2}})[/.](\d{{1,2}})[/.](\d{{4}})(?!\d)", text)
    if found is None:
        return None
    day, month = int(found[1]), int(found[2])
    if month > 12:
        day, month = month, day
    return _made(text, found, (int(found[3]), month, day))


def _named(text: str, today: date) -> Found | None:
    for pattern in (
        rf"{_ON}\b{_DAY}\s+(?:of\s+)?{_MONTH}\b{_YEAR}",
        rf"{_ON}\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?![:%])(?!\s*(?:am|pm)\b){_YEAR}",
        r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?(?P<year>(?!))?",
    ):
        if found := re.search(pattern, text, re.IGNORECASE):
            written = found["month"].lower()
            month = int(written) if written.isdigit() else _month(written)
            said = text[: found.start()].rstrip()
            year = int(found["year"]) if found["year"] else 0
            if re.search(r"去年$|\blast$", said):
                year = today.year - 1
            elif re.search(r"明年$", said):
                year = today.year + 1
            return _made(text, found, (year, month, int(found["day"])), today)
    return None


def _last_of(text: str, today: date) -> Found | None:
    found = re.search(rf"{_ON}\blast(?: day)? of {_MONTH}\b", text, re.IGNORECASE)
    if found is None:
        return None
    month = _month(found["month"])
    year = today.year + (month < today.month)
    return date(year, month, monthrange(year, month)[1]), _without(text, found)


def _feast(text: str, today: date) -> Found | None:
    for pattern, (month, day) in _FEASTS.items():
        if found := re.search(rf"{_ON}(?:{pattern})", text, re.IGNORECASE):
            return _made(text, found, (0, month, day), today)
    return None


def _near(text: str, today: date) -> Found | None:
    for pattern, ahead in (
        (r"\bthe day after tomorrow\b|(?<!大)后天", 2),
        (r"大后天", 3),
        (r"\b(?:tomorrow)\b|明天|明日|明(?=早|晚)", 1),
        (r"\bthe day before yesterday\b|前天", -2),
        (r"\byesterday\b|昨天", -1),
        (r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b|今天|今日|今(?=早|晚)", 0),
    ):
        if found := re.search(rf"{_ON}(?:{pattern})", text, re.IGNORECASE):
            rest = text[: found.start()] + " " + text[found.end() :]
            part = re.search(r"\b(?:tonight|this (?:evening))\b", found[0], re.IGNORECASE)
            return today + timedelta(days=ahead), rest if not part else f"{rest} "
    return None


def _ahead(text: str, today: date) -> Found | None:
    unit = r"(?P<unit>days?|weeks?|months?|years?|个?月|年|天|日|周|个?星期|个?礼拜)"
    for pattern in (
        rf"\b(?:in|after) (?P<count>\d+) {unit}(?:'s? time)?(?: from (?:now|today))?\b",
        rf"\b(?P<count>\d+) {unit} (?:from (?:now|today)|after today|later)\b",
        rf"(?:再?过|今天?起?|往后)?(?P<count>\d+){unit}(?:之后|以后|后)",
        rf"(?:再?过|往后)(?P<count>\d+){unit}",
        rf"\b(?P<count>\d+) {unit} (?P<ago>ago)\b"
        rf"|(?P<zhcount>\d+){unit.replace('unit', 'zhunit')}(?P<zhago>之?前)",
    ):
        if found := re.search(pattern, text, re.IGNORECASE):
            got = found.groupdict()
            count = int(got["count"] or got.get("zhcount") or 0)
            back = got.get("ago") or got.get("zhago")
            day = shifted(today, -count if back else count, got["unit"] or got["zhunit"])
            return (day, _without(text, found)) if day else None
    if found := re.search(
        r"\bnext (week|month|year)\b|下个?(星期|月)(?!一|二|三|四|五|六|日|天|[1-7])", text
    ):
        day = shifted(today, 1, found[1] or found[2])
        return (day, _without(text, found)) if day else None
    return None


def _weekday(text: str, today: date) -> Found | None:
    names = "|".join(f"{name[:3]}(?:{name[3:]})?s?" for name in _WEEKDAYS)
    names = names.replace("tue(?:sday)", "tues?(?:day)").replace(
        "thu(?:rsday)", "thu(?:rs(?:day)?)"
    )
    pattern = rf"{_ON}(?:(?P<which>next|this|every|coming|last)\s+)?\b(?P<name>{names})\b"
    for found in re.finditer(pattern, text, re.IGNORECASE):
        if found["name"].lower() in ("sun", "sat", "wed", "mon") and not found["name"][0].isupper():
            continue
        number = next(n for n, w in enumerate(_WEEKDAYS) if found["name"].lower().startswith(w[:3]))
        days = (number - today.weekday()) % 7 or 7
        last = (found["which"] or "").lower() == "last"
        return today + timedelta(days=days - 7 if last else days), _without(text, found)
    return _chinese_weekday(text, today)


def _chinese_weekday(text: str, today: date) -> Found | None:
    found = re.search(r"(?P<next>下个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-6])(?!天)", text)
    if found is None:
        return None
    number = _ZH_WEEKDAYS[found["day"]]
    ahead = 7 - today.weekday() + number
    days = ahead if found["next"] else (number - today.weekday()) % 7 or 7
    return today + timedelta(days=days), _without(text, found)


def _day_of_month(text: str, today: date) -> Found | None:
    found = re.search(
        r"(?:\b(?:on|until|till|to|by|is)\s+)?\bthe (?P<day>\d{1,2})(?:st"
        r"|nd|rd|th)\b(?!\s*(?:of|floor"
        r"|time|one|century|\d))|(?<![\d月])(?P<zh>\d{1,2})号(?!楼|线|门|店|房)",
        text,
        re.IGNORECASE,
    )
    if found is None:
        return None
    number = int(found["day"] or found["zh"])
    day = today.replace(day=1)
    while (
        not (1 <= number <= monthrange(day.year, day.month)[1]) or day.replace(day=number) < today
    ):
        if number > 31 or number < 1:
            return None
        day = (day + timedelta(days=32)).replace(day=1)
    return day.replace(day=number), _without(text, found)


_READERS: tuple[Callable[[str, date], Found | None], ...] = (
    _iso, _numeric, _last_of, _named, _ahead, _near, _feast, _weekday, _day_of_month,
)  # fmt: skip


def shifted(day: date, count: int, unit: str) -> date | None:
    """A day some days, weeks, months or years later; None beyond the calendar."""
    unit = unit.lower().removeprefix("个")
    try:
        if unit.startswith(("month", "月")) or unit.startswith(("year", "年")):
            months = count * (12 if unit.startswith(("year", "年")) else 1) + day.month - 1
            year, month = day.year + months // 12, months % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
        return day + timedelta(days=count * _AHEAD.get(unit, 1))
    except (OverflowError, ValueError):
        return None


def _month(written: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(written[:3].lower()))


def _made(
    text: str,
    found: re.Match[str] | None,
    parts: tuple[int, int, int] | None,
    today: date | None = None,
) -> Found | None:
    """The day of these parts; without a year the next one."""
    if found is None or parts is None:
        return None
    year, month, day = parts
    try:
        made = _next(month, day, today) if not year and today else date(year, month, day)
    except ValueError:
        return None
    return made, _without(text, found)


def _next(month: int, day: int, today: date) -> date:
    for year in range(today.year, today.year + 9):
        try:
            made = date(year, month, day)
        except ValueError:
            continue  # 29 February
        if made >= today:
            return made
    raise ValueError("no such day")


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + " " + text[found.end() :]
