"""Questions about the clock and the calendar as the call that answers them."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import available_timezones

from agent.tools.ability import Said
from agent.tools.reading.clock_sums import clock_sum
from agent.tools.reading.date_patterns import (
    ADD,
    BARE_WEEKDAY,
    BORN,
    COUNT,
    LEFT,
    OLD,
    PLACE,
    SHIFT,
    SINCE,
    THAT_DAY,
    THEN,
    TIME,
    TODAY,
    WEEKDAY,
)
from agent.tools.reading.days import all_days, find_day, shifted
from agent.tools.reading.lengths import lengths
from agent.tools.reading.moments import find_moment, resolve
from agent.tools.reading.wishes import about_words, stripped, works_on_text
from agent.tools.types import Call

_BEFORE = 8


def quick(said: Said) -> Call | None:
    """Such as "What time is it?", "How many days until the 1st of June?", "今天几号"."""
    question = clock_sum(said.words, said.now)
    if question and not works_on_text(said.words):
        return _asked(question)
    if about_words(said.words) and not BORN.search(said.words):
        return None
    words = stripped(said.words).strip("?？。.! ")
    if question := _now(words):
        return _asked(question)
    if THAT_DAY.fullmatch(words) or (_spoke_of_a_day(said) and BARE_WEEKDAY.fullmatch(words)):
        day = that_day(said)
        return _asked(f"weekday({day})") if day else None
    return _asked("today()") if TODAY.fullmatch(words) else _counted(said)


_RIDDLE = re.compile(
    r"\byears? old\b.*\b(?:how old|age|years from now|years ago)\b|\b(?:older|younger) than\b"
    r"|\b\w+'s age\b|岁.*(?:几岁|多大|多少岁)|比\S{1,6}[大小]\d+岁",
    re.I,
)
"""Ages that hang together: no question about the calendar."""


def _spoke_of_a_day(said: Said) -> bool:
    return said.last is not None and said.last.tool == "date" and said.last.code != "time"


def _counted(said: Said) -> Call | None:
    text = lengths(" ".join(said.words.split())).strip("?？。.! ")
    if len(text) > 160 or _RIDDLE.search(text):
        return None
    for reader in (_then, _age, _until, _between, _added, _weekday):
        if question := reader(text, said, said.now.date()):
            return _asked(question)
    return None


def _asked(question: str) -> Call:
    return Call("date", {"question": question})


def that_day(said: Said) -> date | None:
    """The day that "that" means: the last one computed, else the last one the user named."""
    if said.last and said.last.tool == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", said.last.value):
        return date.fromisoformat(said.last.value)
    for words in said.before[:_BEFORE]:
        day, _ = find_day(lengths(words), said.now.date())
        if day is not None:
            return day
    return None


def _now(words: str) -> str:
    if TIME.fullmatch(words):
        return "now()"
    if (found := PLACE.fullmatch(words)) and (zone := _zone(found["place"] or found["zh"])):
        return f"now({zone})"
    return ""


_PLACES = {
    "Asia/Tokyo": "东京|日本|japan",
    "America/New_York": "纽约|boston|washington|miami",
    "Europe/London": "伦敦|manchester|edinburgh|england|the uk",
    "Europe/Paris": "巴黎|france",
    "Asia/Shanghai": "北京|上海|beijing|china",
    "Australia/Sydney": "悉尼",
    "Europe/Berlin": "柏林|munich|hamburg|germany",
    "America/Los_Angeles": "洛杉矶|旧金山|san francisco|seattle|california",
    "Asia/Singapore": "新加坡",
    "Asia/Seoul": "首尔|korea",
    "Europe/Moscow": "莫斯科",
    "Asia/Hong_Kong": "香港",
    "Asia/Taipei": "台北|taiwan",
    "Asia/Kolkata": "mumbai|delhi|india",
    "Europe/Madrid": "barcelona|spain",
    "Europe/Rome": "italy|milan",
}


def _zone(place: str) -> str:
    place = place.strip(" .").lower()
    for zone, names in _PLACES.items():
        if place in names.split("|"):
            return zone
    wanted = place.replace(" ", "_")
    return next(
        (
            z
            for z in sorted(available_timezones())
            if "/" in z and z.rsplit("/", 1)[1].lower() == wanted
        ),
        "",
    )


def _then(text: str, said: Said, today: date) -> str:
    found = THEN.fullmatch(
        re.sub(r"^(?:(?:and|so|then|exactly|ok|okay|but|great),? )+", "", text, flags=re.I)
    )
    if found is None:
        return ""
    day = that_day(said)
    return f"days_between({today}, {day})" if day else ""


def _age(text: str, said: Said, today: date) -> str:
    if not (BORN.search(text) and OLD.search(text)):
        return ""
    days = all_days(text, today)
    born = next((day for day in days), None)
    if born is None:
        return ""
    if born > today:
        # "Born on the 2nd of March this year", said in June, is no day to come.
        born = shifted(born, -1, "year") or born
    inner = re.search(r"how many days|in days|多少天", text, re.I)
    return f"days_between({born}, {today})" if inner else f"age({born})"


def _until(text: str, said: Said, today: date) -> str:
    """How long it is to a time of day; "left on the timer" is not that."""
    if not LEFT.search(text) or re.search(r"timer|alarm|stopwatch|计时|闹钟", text, re.I):
        return ""
    asked = re.search(r"how (?:long|much time|many)", text, re.I)
    if re.search(
        r"\b(?:boil|cook|bake|take|last|live|should)\b",
        text[asked.start() :] if asked else text,
        re.I,
    ):
        return ""
    moment = find_moment(text, said.now)
    if moment.hour is None or (moment.day and moment.day != today):
        return ""
    return f"until({resolve(moment, said.now, False):%H:%M})"


def _between(text: str, said: Said, today: date) -> str:
    found = COUNT.search(text)
    if found is None or not SINCE.search(text):
        return ""
    if re.search(
        r"\bhow long (?:do|does|did|should|can|will|is the|are the|was the|has|have you)\b",
        text,
        re.I,
    ):
        return ""
    plain = re.sub(r"\b(?:from )?(?:today|now)\b|今天|现在", " ", text, flags=re.I)
    days = all_days(plain, today)
    if not days and (
        thing := re.search(r"\bsince (?:1 jan(?:uary)? )?((?:19|20)\d\d)\b", text, re.I)
    ):
        days = [date(int(thing[1]), 1, 1)]
    if not days or (
        found["zh"] is None
        and found["unit"] is None
        and "how" not in found[0].lower()
        and "多久" not in found[0]
        and "天" not in found[0]
        and "days" not in found[0].lower()
    ):
        return ""
    weeks = re.match(r"week|周|个?星期", (found["unit"] or found["zh"] or "").lower())
    name = "weeks_between" if weeks else "days_between"
    if len(days) == 1:
        other = days[0]
        if re.search(r"\bsince\b|以来|过去了|过了", text, re.I) and other > today:
            other = shifted(other, -1, "year") or other
        return f"{name}({min(today, other)}, {max(today, other)})"
    if len(days) > 2:
        return ""
    if days[0] > days[1] and not re.search(r"\d{4}", text):
        # "Between 3 March and 17 May", said on the 16th of March: both of one year.
        days[0] = shifted(days[0], -1, "year") or days[0]
    first, second = sorted(days)
    return f"{name}({first}, {second})"


def _added(text: str, said: Said, today: date) -> str:
    if not ADD.search(text) and not re.search(
        r"\d .*from (?:now|today)\W*$|从今天[算起开]", text, re.I
    ):
        return ""
    shift = SHIFT.search(text)
    if shift and not re.search(r"(?:from|after) (?:now|today)", shift[0], re.I):
        base, _ = find_day(shift["base"], today)
        if base is None and shift["way"] in ("后", "之后", "以后"):
            base, _ = find_day(text[: shift.start()], today)
        if base is not None:
            back = shift["way"].lower() in ("before", "前", "之前")
            return _plus(base, int(shift["count"]), shift["unit"], back)
    if re.search(
        r"\d+ (?:days?|weeks?|months?|years?)\b|\d+ ?(?:天|周|个?星期|个?月|年)", text, re.I
    ):
        for found in re.finditer(
            r"(?:in|after|再?过|往后|加|能待|待)? ?(?P<count>\d+) ?(?P<unit>days?"
            r"|weeks?|months?|years?|天|周|个?星期|个?月|年)(?P<way> ago"
            r"| from (?:now|today)|'? time|以?后|之后|前|later)?",
            text,
            re.I,
        ):
            if re.match(r"in|after|再|过|往|能|待", found[0], re.I) or found["way"]:
                return _plus(
                    today,
                    int(found["count"]),
                    found["unit"],
                    (found["way"] or "").strip() in ("ago", "前"),
                )
    return ""


def _plus(base: date, count: int, unit: str, back: bool) -> str:
    day = shifted(base, -count if back else count, unit)
    if day is None:
        return f"add_days({base}, {count * 365})"
    return f"add_days({base}, {(day - base).days})"


def _weekday(text: str, said: Said, today: date) -> str:
    if not WEEKDAY.search(text):
        return ""
    if re.search(
        r"\b(?:open|closed|celebrated|named|rest day|best day"
        r"|bin|bins|work|should|do people|does the)\b",
        text,
        re.I,
    ):
        return ""
    bare = re.sub(r"\b(?:sun|mon|tues|wednes|thurs|fri|satur)days?\b", " ", text, flags=re.I)
    days = all_days(bare, today)
    return f"weekday({days[0]})" if days else ""
