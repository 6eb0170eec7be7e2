"""The clock and the calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.calendar_facts import CALENDAR_ANSWERS
from agent.tools.reading.clock_sums import clock_sum
from agent.tools.reading.days import all_days, find_day, shifted
from agent.tools.reading.lengths import lengths
from agent.tools.reading.moments import find_moment, resolve
from agent.tools.reading.wishes import about_words, stripped, works_on_text
from agent.tools.types import Call, Parameter, Result, Tool, Value

_BEFORE = 8
_TIME = re.compile(
    r"(?:(?:do you know |tell me |can you tell me )?what(?:'s"
    r"| is)?(?: the)?(?: current| exact)? time(?: is it| it is)?"
    r"|what time(?: is it| have you got| do you have| is it there)?"
    r"|(?:have you got|do you have|got) the time|tell me the (?:current )?time"
    r"|the time|how late is it|time check|current time|time)"
    r"(?: right now| right| now| at the moment| currently| here| exactly)*"
    r"|(?:请问|那)?(?:现在是?|目前|当前|这会儿|北京时间)?(?:是"
    r"|的)?(?:几点钟?|什么时间|什么时候|时间|几时)(?:了|啦"
    r"|钟)*|(?:现在)?(?:是)?几点(?:了|钟了|啦)?|报时|看一?下时间",
    re.I,
)
_PLACE = re.compile(
    r"(?:what(?:'s| is)? the time|what time is it|time)(?: right now"
    r"| now)? in (?P<place>[a-z .]{3,30})|(?P<zh>[\u4e00-\u9fff]{2,6})现在(?:是)?几点(?:了"
    r"|钟)?",
    re.I,
)
_TODAY = re.compile(
    r"(?:what(?:'s| is)? (?:the |today's )?(?:date|day)|(?:the "
    r"|today's )?date|today's day)(?: is it| of the week| of the week is it"
    r"| of the month)?(?: today| now| it is| is it)*(?: today)?"
    r"|(?:and )?(?:what|which) (?:week)?day(?: of the week"
    r"| of the month)?(?: is it| it is| is today| today is"
    r"| do we have| have we got)?(?: today| now)*"
    r"|what(?:'s| is) today(?:'s date)?|what(?:'s| is) the day today"
    r"|(?:what|which) (?:month|year)(?: is it| are we in| is this)(?: now)?"
    r"|today's date|the date(?: today)?"
    r"|(?:请问|那)?(?:今天|今日|现在)?(?:是)?(?:几月几[号日]"
    r"|几[号日]|星期几|周几|礼拜几|什么日子|什么日期|哪天"
    r"|几月|哪年|哪一年|几年)(?:了|啊|呀|几号)*|(?:今天)?(?:的)?日期",
    re.I,
)
_THAT_DAY = re.compile(
    r"(?:and )?(?:what|which) (?:week)?day(?: of the week)? (?:will"
    r"|is|was|would) (?:that|it)(?: be| fall on| on)?|(?:on )?(?:what"
    r"|which) (?:week)?day(?: of the week)? does (?:that|it) fall(?: on)?"
    r"|(?:and )?(?:what|which) (?:week)?day(?: of the week)? (?:was"
    r"|is) (?:he|she|it|i|that) (?:born|on)(?: on)?|which day is that"
    r"|weekday|那(?:一?天)?(?:是)?(?:星期|周|礼拜)几",
    re.I,
)
_WEEKDAY = re.compile(
    r"\b(?:what|which) (?:week)?days?(?: of the week)?\b|\bwhat day\b"
    r"|\bon which (?:week)?day\b|\bwhich weekday\b|星期几"
    r"|周几|礼拜几",
    re.I,
)
_COUNT = re.compile(
    r"\bhow (?:many (?P<unit>days?|weeks?|nights?|sleeps|months)"
    r"|long|much time)\b|\bcount the days\b|\bdays (?:until"
    r"|till|to|between|since)\b"
    r"|(?:还有|有|差|剩|相差|过了|距离?|离).{0,16}?(?:多少"
    r"|几)(?P<zh>天|个?星期|周|日)|多少天|几天|多久",
    re.I,
)
_SINCE = re.compile(
    r"\b(?:until|till|til|to|before|from now|between|since"
    r"|from|ago|away|left|days old|are there|go by|is that"
    r"|count the)\b|到|离|距|还有|相差|之间|以来|过去|过了",
    re.I,
)
_THEN = re.compile(
    r"how (?:many (?P<unit>days?|weeks?)|long|far(?: away)?)(?: exactly)? (?:(?:is"
    r"|are) (?:that|it|there)(?: from (?:now|today)| away"
    r"| off| until then| till then)*|(?:until|till|to) (?:then"
    r"|that)|have i (?:got )?until then|do i have(?: left)?(?: until then)?)"
    r"|(?:离|距离?|到)?(?:那天|那时)?还有(?:多少|几)天|还有多久",
    re.I,
)
_ADD = re.compile(
    r"\b(?:what|which)(?:'s| is| will| would| was)?(?: the)? (?:date"
    r"|day)\b|\bwhen (?:is|will|was)\b|\bis when\b|\bwhat date\b"
    r"|几月几[号日]|是几[号日]|哪一?天|什么日期|什么日子|到期",
    re.I,
)
_SHIFT = re.compile(
    r"(?P<count>\d+) ?(?P<unit>days?|weeks?|months?|years?"
    r"|天|周|个?星期|个?月|年) ?(?P<way>after|before|from"
    r"|之?后|以后|之?前)(?! now\b)\s*(?P<base>[^?]*)",
    re.I,
)
_BORN = re.compile(r"\b(?:born|birthday was|date of birth)\b|出生|生于|生日是", re.I)
_OLD = re.compile(
    r"\bhow old\b|\bwhat(?:'s| is) my age\b|\bhow many (?:days"
    r"|weeks|years)\b|多大|几岁|多少岁|多少天",
    re.I,
)
_LEFT = re.compile(
    r"\bhow (?:long|much time|many (?:minutes|hours))\b.{0,40}?(?:\bgot\b"
    r"|\bleft\b|\bhave\b|\buntil\b|\btill\b|\bto go\b|\bbefore\b"
    r"|\bis (?:that|it)\b)"
    r"|还有多久|还有多长时间|还剩多久|还有多少分钟|还有几个?小时|多久.{0,4}到",
    re.I,
)


_BARE_WEEKDAY = re.compile(
    r"(?:and )?(?:what|which) (?:week)?day(?: of the week)?(?: is (?:that|it))?"
    r"|(?:是)?(?:星期|周)几",
    re.I,
)


def quick(said: Said) -> Call | None:
    """Such as "What time is it?", "How many days until the 1st of June?", "今天几号"."""
    if not works_on_text(said.words) and (question := clock_sum(said.words, said.now)):
        return _asked(question)
    if about_words(said.words) and not _BORN.search(said.words):
        return None
    words = stripped(said.words).strip("?？。.! ")
    if question := _now(words):
        return _asked(question)
    if _THAT_DAY.fullmatch(words) or (_spoke_of_a_day(said) and _BARE_WEEKDAY.fullmatch(words)):
        day = that_day(said)
        return _asked(f"weekday({day})") if day else None
    return _asked("today()") if _TODAY.fullmatch(words) else _counted(said)


def _spoke_of_a_day(said: Said) -> bool:
    return said.last is not None and said.last.tool == "date" and said.last.code != "time"


def _counted(said: Said) -> Call | None:
    text = lengths(" ".join(said.words.split())).strip("?？。.! ")
    if len(text) > 160:
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
    if _TIME.fullmatch(words):
        return "now()"
    if (found := _PLACE.fullmatch(words)) and (zone := _zone(found["place"] or found["zh"])):
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
    found = _THEN.fullmatch(
        re.sub(r"^(?:(?:and|so|then|exactly|ok|okay|but|great),? )+", "", text, flags=re.I)
    )
    if found is None:
        return ""
    day = that_day(said)
    return f"days_between({today}, {day})" if day else ""


def _age(text: str, said: Said, today: date) -> str:
    if not (_BORN.search(text) and _OLD.search(text)):
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
    if not _LEFT.search(text) or re.search(r"timer|alarm|stopwatch|计时|闹钟", text, re.I):
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
    found = _COUNT.search(text)
    if found is None or not _SINCE.search(text):
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
    if not _ADD.search(text) and not re.search(
        r"\d .*from (?:now|today)\W*$|从今天[算起开]", text, re.I
    ):
        return ""
    shift = _SHIFT.search(text)
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
    if not _WEEKDAY.search(text):
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


_CALL = re.compile(r"\s*(\w+)\s*\((.*)\)\s*")


def run_tool(call: Call, box: Toolbox) -> Result:
    """The answer to one of the questions in `_ANSWERS`."""
    written = str(call.arguments.get("question") or call.arguments.get("expression") or "now()")
    found = _CALL.fullmatch(written)
    try:
        if found is None:
            raise ValueError(written)
        arguments = [part.strip() for part in found[2].split(",") if part.strip()]
        return _ANSWERS[found[1]](arguments, box.now)
    except (KeyError, ValueError, IndexError, OverflowError):
        return Result("date", "moment_unclear", {"text": written})


def _day(written: str, now: datetime) -> date:
    if written in ("today", "now"):
        return now.date()
    found, _ = find_day(lengths(written), now.date())
    if found is None:
        raise ValueError(written)
    return found


def _tell_now(arguments: list[str], now: datetime) -> Result:
    if arguments:
        there = now.astimezone(ZoneInfo(arguments[0]))
        place = arguments[0].rsplit("/", 1)[1].replace("_", " ")
        told: dict[str, Value] = {
            "time": f"{there:%H:%M}",
            "day": f"{there:%Y-%m-%d}",
            "place": place,
        }
        return Result("date", "time_there", told, value=f"{there:%Y-%m-%d}")
    return Result(
        "date", "time", {"time": f"{now:%H:%M}", "day": f"{now:%Y-%m-%d}"}, value=f"{now:%Y-%m-%d}"
    )


def _tell_day(code: str, day: date) -> Result:
    return Result("date", code, {"day": f"{day:%Y-%m-%d}"}, value=f"{day:%Y-%m-%d}")


def _tell_between(arguments: list[str], now: datetime, weeks: bool = False) -> Result:
    first, second = _day(arguments[0], now), _day(arguments[1], now)
    told: dict[str, Value] = {
        "days": abs((second - first).days),
        "from": f"{first:%Y-%m-%d}",
        "to": f"{second:%Y-%m-%d}",
        "today": f"{now:%Y-%m-%d}",
    }
    other = first if second == now.date() else second
    return Result("date", "weeks" if weeks else "days", told, value=f"{other:%Y-%m-%d}")


def _tell_added(arguments: list[str], now: datetime) -> Result:
    base, count = _day(arguments[0], now), int(arguments[1])
    day = base + timedelta(days=count)
    told: dict[str, Value] = {
        "days": count,
        "from": f"{base:%Y-%m-%d}",
        "day": f"{day:%Y-%m-%d}",
        "today": f"{now:%Y-%m-%d}",
    }
    return Result("date", "day_after", told, value=f"{day:%Y-%m-%d}")


def _tell_until(arguments: list[str], now: datetime) -> Result:
    hour, minute = (int(part) for part in arguments[0].split(":"))
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if at <= now:
        at += timedelta(days=1)
    # A minute that has begun counts: at 14:05:30 it is 165 minutes to 16:50.
    left = (at.replace(tzinfo=None) - now.replace(second=0, microsecond=0, tzinfo=None)).seconds
    return Result("date", "time_left", {"seconds": left, "time": f"{at:%H:%M}"})


def _tell_age(arguments: list[str], now: datetime) -> Result:
    born, today = _day(arguments[0], now), now.date()
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return Result(
        "date", "age", {"years": years, "day": f"{born:%Y-%m-%d}"}, value=f"{born:%Y-%m-%d}"
    )


_ANSWERS = {
    "now": _tell_now,
    "today": lambda arguments, now: _tell_day("today", now.date()),
    "weekday": lambda arguments, now: _tell_day("weekday", _day(arguments[0], now)),
    "days_between": _tell_between,
    "weeks_between": lambda arguments, now: _tell_between(arguments, now, weeks=True),
    "add_days": _tell_added,
    "until": _tell_until,
    "age": _tell_age,
    **CALENDAR_ANSWERS,
}

ABILITY = Ability(
    Tool(
        "date",
        "now(), today(), weekday(DATE), days_between(DATE, DATE), add_days(DATE, n), until(HH:MM),"
        " age(DATE)",
        (Parameter("question"),),
    ),
    quick,
    run_tool,
    order=35,
)
