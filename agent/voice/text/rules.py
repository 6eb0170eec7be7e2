"""How what is written is read out: one ordered table, the first rule that fits a place wins.

A rule has a name, the characters of which it needs one to fit ("0" in front: and a digit), what
it looks for, and what is said. Every repetition is bounded or can only match in one way, so that
reading takes time in proportion to the text. What comes out holds no digit, and may be put in
again.
"""

# ruff: noqa: E501 - a line of a table is a line

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from agent.voice.text import (
    moments,
    places,
    plain,
    quantities,
)
from agent.voice.text.formulas import POWER, power
from agent.voice.text.vocabulary import (
    COINS,
    COUNTED,
    COUNTED_ROMAN,
    DAYS,
    ENDINGS,
    HOSTS,
    LARGE,
    MONTHS,
    PER,
    REIGNING,
    SHORT,
    TITLES,
    UNITS,
)  # fmt: skip

_Say = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table."""

    name: str
    needs: str
    pattern: re.Pattern[str]
    say: _Say


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DIGIT = re.compile(r"\d")
_PARTS = {
    "N": r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,15})?",
    "NC": r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,15})?(?!,?\d)|\d{1,15},\d{1,2}(?!\d)",
    "SUM": r"\d{1,15}(?:[,.' ]\d{3}){0,5}(?:[.,]\d{1,9})?(?![.,]?\d)",
    "LEFT": r"(?<![\w.,/])",
    "SIGN": r"((?<![\w)])[-−]|[~≈±]\s?)?",
    "TO": r"\s?[-–—]\s?",
    "UNIT": _any_of(UNITS),
    "LONG": _any_of(unit for unit in UNITS if len(unit) > 1),
    # "1990s", "5m" and "10 l" are not the same thing: these letters need a space before them.
    "ONE": "tmslN",
    "PER": _any_of(PER),
    "COIN": _any_of(COINS),
    "LARGE": _any_of(LARGE),
    "MONTH": "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + "|Sept",
    "STOP": r"\b(?:\.(?=\s?[a-z\d,;]))?",
    "DAY": _any_of(DAYS),
    "HOSTS": HOSTS,
    "ENDING": _any_of(ENDINGS),
    "SHORT": _any_of(SHORT),
    "TITLE": _any_of(TITLES),
    "COUNTED": _any_of(COUNTED),
    "REIGNING": _any_of(REIGNING),
    "ROMAN_AFTER": _any_of(COUNTED_ROMAN),
    "ROMAN": r"(?=[IVXL])X{0,3}L?X{0,3}(?:IX|IV|V?I{0,3})",
    "YEAR": r"(?:1[0-9]|20)\d\d",
}


def _rule(name: str, needs: str, pattern: str, say: _Say) -> Rule:
    for part, meaning in _PARTS.items():
        pattern = pattern.replace("{" + part + "}", meaning)
    return Rule(name, needs, re.compile(pattern), say)


_TABLE = (
    # Addresses first: their dots and digits are no numbers.
    ("mail", "@", r"(?<![\w.+-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,12})\b", places.mail),
    ("host", ".", r"(?<![\w@./-])((?:[A-Za-z0-9-]{1,63}\.){1,4}(?:{HOSTS}))(?:/[^\s<>)]{0,300}[\w/])?(?![\w-]|\.\w)", places.host),
    ("path", "/\\", r"(?<![^\s(\"'“=:])(?:[A-Za-z]:\\|~/|/(?=\w)|\.{1,2}/)[\w.~-]{1,80}(?:[/\\][\w.~-]{1,80}){0,20}[/\\]?", places.path),
    ("path with ending", "/", r"(?<![\w/.-])(?:[\w-]{1,64}/){1,12}[\w-]{1,64}\.(?:{ENDING})\b", places.path),
    ("file", ".", r"(?<![\w./@-])[A-Za-z_][\w-]{0,63}\.(?:{ENDING})\b(?!\.\w)", places.file),
    ("code of letters and digits", "0abcdef", r"\b(?=[a-f-]{0,40}\d)(?=[\d-]{0,40}[a-f])[0-9a-f]{8,64}(?:-[0-9a-f]{4,12}){0,5}\b", "a long code"),
    ("grouped thousands", "0\u00a0\u202f\u2009", r"(?<![\w.,])\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,5}(?!\d)", plain.thousands),
    ("grouped thousands", "0 ", r"(?<![\w.,])(?<!\d )(?:[1-9]\d?(?: \d{3}){2,5}|[1-9]\d{0,2}(?: 000){1,5})(?![\w]| \d)", plain.thousands),
    # Short forms.
    ("street", "S", r"\b(?!The |From |With |And |Near |For )([A-Z][a-z]{2,20}) St\.(?=\s|[,;:)]|$)", plain.street),
    ("title", "DPSMGCLR", r"(?<![\w.])({TITLE})(?=\s[A-Z])", lambda found: TITLES[found[1]]),
    ("number sign", "0NnPpFfVvCcEeS#§№", r"(?<![\w&])({COUNTED})\s?(?=\d)", lambda found: COUNTED[found[1]] + " "),
    ("short form", "./+#aCnvH", r"(?<![\w.@/])({SHORT})(?![\w/+#])", plain.short),
    # Dates and times.
    ("day before a date", "MTWFS", r"\b(Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\b\.?,?(?= \d{1,2}(?:st|nd|rd|th)? (?:{MONTH})| (?:{MONTH})\b| \d{1,2}:\d\d)", lambda found: DAYS[found[1].lower()] + ","),
    ("date", "0-", r"(?<![\w./-])(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w/-])", moments.iso_date),
    ("date", "0/.", r"(?<![\w./-])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\w/-])", moments.month_first),
    ("date", "0/", r"(?<![\w./-])(\d{1,2})(/)(\d{1,2})/(\d{2})(?![\w/-])", moments.month_first),
    ("day and month", "0JFMASOND", r"(?:\b[Tt]he )?(?<![\w.,:/-])(\d{1,2})(?:st|nd|rd|th)?(?:{TO}(\d{1,2})(?:st|nd|rd|th)?)?\.?(?: of)? ({MONTH}){STOP}(?:,? ({YEAR})(?![\w:,.]\d))?", moments.day_month),
    ("month and day", "0JFMASOND", r"\b({MONTH})\.? (\d{1,2})(?:st|nd|rd|th)?(?:{TO}(\d{1,2})(?:st|nd|rd|th)?)?(?![\w:%]|[.,/]\d)(?:,? ({YEAR})\b)?", moments.month_day),
    ("month and year", "0JFMASOND", r"\b({MONTH})\.?,? ({YEAR})\b(?![,.]\d)", moments.month_year),
    ("days of the week", "-–", r"\b((?i:{DAY}))\.?\s?[-–]\s?((?i:{DAY}))\b", moments.days),
    ("years", "0-–/", r"(?<![\w.,/$£€-])({YEAR})[-–/]({YEAR}|\d\d)(?![\w/-]|[.,]\d)", moments.years),
    ("decades", "0s", r"(?<![\w.,])['’]?({YEAR}|[2-9]0)(?:'|’)?s\b", moments.decades),
    ("short year", "0'’", r"(?<![\w'’])['’](\d\d)(?![\w'’\"″])", r"\1"),
    ("time span", "0:", r"(?<=\d)\s?[-–—]\s?(?=\d{1,2}:\d\d)", " to "),
    ("time span", "0mM", r"(?i)(?<=\d)(\s?[ap]\.?m\.?)\s?[-–—]\s?(?=\d)", r"\1 to "),
    ("proportion", "0:", r"(?<=[Rr]atio )(\d{1,5}):(\d{1,5})(?!\d)|(?<=[Rr]atio of )(\d{1,5}):(\d{1,5})(?!\d)|(?<=[Ss]cale )(\d{1,5}):(\d{1,7})(?!\d)|(?<=[Mm]ix )(\d{1,3}):(\d{1,5})(?!\d)|(?<![\w:.,])(1):(\d{3,7})(?![\d:])", plain.proportion),
    ("proportion", "0:", r"(?<![\w:.,])(\d{1,4}):(\d)(?![\d:])", plain.proportion),
    ("time", "0:", r"(?<![\w:.,])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([AaPp])\.?[Mm]\b\.?)?(?!\d|:\d)", moments.clock),
    ("hour", "0mM", r"(?<![\w:.,])(\d{1,2})\s?([AaPp])(?:\.\s?[Mm]\.|[Mm]\b)", moments.whole_hour),
    ("hours and minutes", "0h", r"(?<![\w:.,])(\d{1,2})\s?h\s?(\d{2})(?:\s?min)?\b", moments.hours_minutes),
    # Money, before the numbers in it are read for themselves.
    ("money", "0$£€¥₹₩", r"(?P<minus>(?<![\w)])[-−]\s?)?(?<![\w$])(?P<coin>{COIN})(?<![A-Z]{3})\s?(?P<amount>{SUM})(?:\s?[-–—]\s?(?:[$£€]\s?)?(?P<to>{SUM}))?(?:\s?(?P<large>{LARGE})\b)?(?:\s?/\s?(?P<per>{PER})\b)?(?P<coin2>)", quantities.money),
    ("money", "0$£€¥₹₩UEGJCR", r"(?P<minus>(?<![\w)])[-−]\s?)?(?<![\w.,])(?P<coin>)(?P<amount>{SUM})(?:\s?[-–—]\s?(?P<to>{SUM}))?(?:\s?(?P<large>{LARGE}))?\s?(?P<coin2>{COIN})(?!\w)(?:\s?/\s?(?P<per>{PER})\b)?", quantities.money),
    ("money", "0UEGJCR", r"(?P<minus>)\b(?P<coin>USD|EUR|GBP|JPY|CHF|CNY|RMB)\s(?P<amount>{SUM})(?P<to>)(?:\s?(?P<large>{LARGE})\b)?(?P<per>)(?P<coin2>)", quantities.money),
    ("cents", "0¢p", r"(?<![\w.,$£€])(\d{1,2})\s?(¢|p\b)", quantities.cents),
    # Numbers that are no amounts.
    ("account", "0 ", r"\b[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){3,7}(?: [A-Z0-9]{1,3})?\b", plain.account),
    ("telephone", "0+", r"(?<![\w.])\+\d[\d ()./-]{5,22}\d(?![\w-])", quantities.phone),
    ("telephone", "0(", r"(?<![\w.])\(\d{2,5}\) ?\d[\d -]{4,12}\d(?![\w-])", quantities.phone),
    ("telephone", "0-.", r"(?<![\w.,/-])(?:1[-.])?\d{3}[-.](?:\d{3}[-.])?\d{4}(?![\w-])", quantities.phone),
    ("telephone", "0 ", r"(?<![\w.,/-])0\d{2,4} \d{3,4}(?: ?\d{3,4})(?![\w-]|[.,]\d)", quantities.phone),
    ("telephone", "0 /-", r"(?<![\w.,/-])0\d{1,4}(?:[ /-]\d{2,8}){1,5}(?![\w-]|[.,]\d)", quantities.phone),
    ("short call", "0Cc", r"(?<=[Cc]all )(?:911|999|112|111|101)\b", quantities.one_by_one),
    ("short call", "0Dd", r"(?<=[Dd]ial )\d{3,6}\b", quantities.one_by_one),
    ("in groups", "0-–", r"(?<![\w.,-])0\d{1,8}(?:[-–]\d{1,8}){1,5}(?![\w.]*\d|[-–])", quantities.one_by_one),
    ("in groups", "0-", r"(?<![\w.,-])\d{1,7}(?:-\d{1,7}){3,5}(?![\w-])", quantities.one_by_one),
    ("in groups", "0 ", r"(?<![\w.,-])\d{4}(?: \d{4}){2,4}(?![\w-]|,\d)", quantities.one_by_one),
    ("scheme of doses", "0-", r"(?<![\w.-])\d(?:-\d){2,3}(?![\w-])", quantities.one_by_one),
    ("leading zeros", "0", r"(?<![\w.,/:-])0\d{1,29}(?![\w/:–-]|[.,]\d)", quantities.one_by_one),
    ("secret number", "0PpCc", r"(?i)(?<=\bpin )\d{3,8}\b|(?<=\bcode )\d{4,8}\b|(?<=\bpin is )\d{3,8}\b|(?<=\bcode is )\d{3,8}\b", quantities.one_by_one),
    ("version", "0vV", r"(?<![\w.])(?:[vV](?=\d))(\d{1,5}(?:\.\d{1,5}){0,4})(?!\w|\.\d)", plain.version),
    ("version", "0.", r"\b(Python|Java|Node|version|Version|release|Release|iOS|macOS|Android|Ubuntu|Windows|Qt|Firefox|Debian|Bluetooth|USB|HTTP) v?(\d{1,5}(?:\.\d{1,5}){1,4})(?!\w|\.\d)", plain.named_version),
    ("dotted thousands", "0.", r"(?<![\w.,])[1-9]\d{0,2}(?:\.\d{3}){2,5}(?![\w]|\.\d)", plain.dotted_thousands),
    ("dotted", "0.", r"(?<![\w.])\d{1,9}(?:\.\d{1,9}){2,5}(?!\w|\.\d)", plain.dotted),
    # Amounts.
    ("scientific", "0eE", r"(?<![\w.,])(\d{1,4}(?:\.\d{1,9})?)[eE]\+?(-?\d{1,3})(?![\w.])", r"\1 times 10^\2"),
    ("power", "^*", POWER.pattern, power),
    ("half of a unit", "½/", r"(?<![\w.,/½ ])(?:1/2|½)\s?({UNIT})(?![\w/'’])", quantities.half_of),
    ("half of a thing", "½/", r"(?<![\w.,/½])(?<!\d )(?:1/2|½) (?!of\b|an?\b|the\b|and\b|or\b|is\b|to\b|in\b|as\b|plus\b)([a-z]{2,20}(?<!s))(?!\w)", quantities.half_of),
    ("rating", "0/", r"{LEFT}(\d{1,2}\.\d)/(\d{1,3})(?![\w/]|[.,]\d)", r"\1 out of \2"),
    ("vulgar fraction", "½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞", r"(\d{1,9})?\s?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞])", quantities.vulgar),
    ("mixed fraction", "0/", r"(?<![\w.,/])(?:(\d{1,9}) )?(\d{1,3})/(\d{1,3})(?![\w/]|[.,]\d)", quantities.mixed),
    ("unit of two", "0/", r"{LEFT}{SIGN}({NC})(?:{TO}({NC}))?[ \u00a0-]?({UNIT})(²|³|\^[23])?/({PER})(²|³|\^[23])?(?![\w'’])", quantities.measured),
    ("unit", "0", r"{LEFT}{SIGN}({NC})(?:{TO}({NC}))?(?:[ \u00a0](?=[A-Za-zµΩ])|(?![{ONE}](?:\b|[²³^])))({UNIT})(²|³|\^[23])?()()(?![\w'’/])(?:\.(?=\s[a-z(]))?", quantities.measured),
    ("height", "0m", r"{LEFT}()(\d{1,3}\.\d{1,2})()(m)()()()(?![\w'’/])", quantities.measured),
    ("unit alone", "/", r"(?<![\w/.])({LONG}|m)(²|³)?/({PER})(²|³)?(?![\w/])", quantities.unmeasured),
    ("degrees", "0°", r"{LEFT}{SIGN}({NC})(?:°?{TO}({NC}))?\s?°\s?([CFK])?(?!\w)", quantities.degrees),
    ("degrees alone", "°", r"°\s?([CF])\b", lambda found: "degrees " + {"C": "Celsius", "F": "Fahrenheit"}[found[1]]),
    ("feet and inches", "0'’′", r"(?<![\w.,])(\d)['’′]\s?(\d{1,2})(?:[\"”″]|'')", plain.feet_inches),
    ("percent", "0%", r"{LEFT}{SIGN}({NC})(?:\s?%?{TO}({NC}))?\s?%", quantities.percent),
    ("by", "0x×", r"(?<![\w.,])(\d{1,6})\s?[x×]\s?(\d{2,6})(?![\w.])", plain.by),
    ("by", "0x×", r"(?<![\w.,])(\d)x(\d)(?![\w.])", plain.by),
    ("times", "0x×", r"(?<![\w,])(\d{1,9}(?:\.\d{1,3})?)\s?[x×](?=\s[A-Za-z]|[,.;:!?)]|$)", r"\1 times"),
    ("times", "0x×*", r"(?<=\d)\s[x×*]\s(?=[\d(])", " times "),
    # Sums and spans.
    ("minus", "0=", r"(?<=\d)\s?[-−–]\s?(?=\d{1,15}(?:\.\d{1,9})?\s?=)", " minus "),
    ("minus", "²³", r"(?<=[²³])\s?[-−–]\s?(?=\w)", " minus "),
    ("minus", "-=", r"(?<![\w)-])-(?=[a-z]\b)", "minus "),
    ("minus", "0−", r"−\s?(?=\d)", " minus "),
    ("divided by", "0/", r"(?<=\d) ?/ (?=\d)|(?<=\d)/(?=\d{1,9}\s?=)", " divided by "),
    ("letters and number", "0-", r"(?<=[A-Za-z])-(?=\d)", " "),
    ("span", "0-–—", r"(?<![\w.,-])({N})\s?[-–—]\s?(?=\d)", r"\1 to "),
    ("minus", "0-", r"(?<![\w)])-(?=\.?\d)", "minus "),
    ("ordinal", "0hdt", r"(?<![\w.,])(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:st|nd|rd|th)\b", plain.ordinal_number),
    ("lines of a screen", "0p", r"(?<![\w.,])(\d{3,4})p\b", plain.screen),
    ("thousands or millions", "0n", r"(?<![\w.,])({N})(?:bn|mn)\b", plain.large),
    # Roman numbers after a name.
    ("of that name", "IVXL", r"\b({REIGNING}) ({ROMAN})(?!\w|['’.][\w])", plain.of_that_name),
    ("roman", "IVXL", r"\b((?i:{ROMAN_AFTER})) ({ROMAN})(?!\w|['’.][\w])", plain.roman_number),
    ("roman", "IV", r"\b([A-Z][a-z]{2,20}) (II|III|VII|VIII)\b", plain.roman_number),
    # What is left.
    ("formula of elements", "0CHNOSPKFI", r"(?<![\w-])(?=[A-Za-z]{0,8}\d)(?:(?:Na|Cl|Ca|Fe|Mg|Al|Si|Cu|Zn|[CHNOSPKFI])\d{0,2}){2,8}(?!\w)", plain.elements),
    ("numbered thing", "0", r"\b([A-Z]{2,5}|[Pp]ort|[Ff]light|[Rr]oute|[Mm]odel)[ -]?(\d{4})(?![\w%]|[.,:]\d)", plain.numbered),
    ("numbered thing", "0oi", r"\b([Rr]oom|[Ff]light|[Rr]oute|[Hh]ighway) (\d{3})(?![\w%]|[.,:]\d)", plain.numbered),
    ("twice a letter", "0", r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " "),
    ("number", "0", r"\d{1,15}(?:,\d{3}){1,5}(?:\.\d{1,15})?(?!\d)|\d+(?:\.\d+)?|(?<![A-Za-z.])\.\d+", plain.number),
)  # fmt: skip


@cache
def table(day_comes_first: bool) -> tuple[Rule, ...]:
    """The rules for a country, in their order."""
    rules = (_rule(*line) for line in _TABLE)
    if not day_comes_first:
        return tuple(rules)
    other = moments.day_first
    return tuple(
        Rule(rule.name, rule.needs, rule.pattern, other)
        if rule.say is moments.month_first
        else rule
        for rule in rules
    )


def read_out(text: str, rules: tuple[Rule, ...]) -> str:
    """`text` with everything that is no word written as it is to be said."""
    # No rule reaches over two line ends.
    text = text.replace("\n", "\n\n")
    for rule in rules:
        if _may_fit(rule.needs, text):
            text = rule.pattern.sub(rule.say, text)
    return text


def _may_fit(needs: str, text: str) -> bool:
    if needs[0] == "0":
        marks = needs[1:]
        return bool(_DIGIT.search(text)) and (not marks or any(mark in text for mark in marks))
    return any(mark in text for mark in needs)
