"""Numbers, units and signs that the voice reads wrongly as they stand.

What it reads well (times, dates, money, most units, ordinals, Roman numerals after a name) is
left alone. What comes out may be put in again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
    "thur": "Thursday", "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_UNITS = {
    "t": ("tonne", "tonnes"),
    "m": ("meter", "meters"),
    "s": ("second", "seconds"),
    "h": ("hour", "hours"),
    "g": ("gram", "grams"),
    "l": ("liter", "liters"),
    "L": ("liter", "liters"),
    "W": ("watt", "watts"),
    "V": ("volt", "volts"),
    "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"),
    "cl": ("centiliter", "centiliters"),
    "dl": ("deciliter", "deciliters"),
    "tbsp": ("tablespoon", "tablespoons"),
    "tsp": ("teaspoon", "teaspoons"),
    "µg": ("microgram", "micrograms"),
    "mcg": ("microgram", "micrograms"),
    "IU": ("international unit", "international units"),
    "kB": ("kilobyte", "kilobytes"),
    "GHz": ("gigahertz", "gigahertz"),
    "MHz": ("megahertz", "megahertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "Hz": ("hertz", "hertz"),
    "kW": ("kilowatt", "kilowatts"),
    "kPa": ("kilopascal", "kilopascals"),
    "hPa": ("hectopascal", "hectopascals"),
    "kcal": ("kilocalorie", "kilocalories"),
    "Mbit/s": ("megabit per second", "megabits per second"),
    "Gbit/s": ("gigabit per second", "gigabits per second"),
    "Mbps": ("megabit per second", "megabits per second"),
    "m/s": ("meter per second", "meters per second"),
    "m²": ("square meter", "square meters"),
    "m³": ("cubic meter", "cubic meters"),
    "cm²": ("square centimeter", "square centimeters"),
    "km²": ("square kilometer", "square kilometers"),
}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
# "1990s", "5m" and "10 l" are not the same thing: one letter needs a space before it.
_SPACE = rf"(?:\s|(?![{''.join(unit for unit in _UNITS if len(unit) == 1)}]\b))"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_COINS = {"€": "euro", "£": "pound", "$": "dollar"}
_PER = {"kWh": "kilowatt hour", "kg": "kilogram", "h": "hour", "l": "liter", "m²": "square meter"}


def _digits(text: str) -> str:
    return " ".join(text)


def _phone(found: re.Match[str]) -> str:
    groups = re.findall(r"\d+", found[0])
    if not 8 <= sum(map(len, groups)) <= 15 or len(groups) < 2:
        return found[0]
    plus = "plus " if found[0].startswith("+") else ""
    return plus + ", ".join(_digits(group) for group in groups)


def _dotted(found: re.Match[str]) -> str:
    groups = found[0].split(".")
    return (" dot " if len(groups) == 4 else " point ").join(groups)


def _unit(found: re.Match[str]) -> str:
    one, many = _UNITS[found[2]]
    return f"{found[1]} {one if found[1] in ('1', '1.0') else many}"


def _money(found: re.Match[str]) -> str:
    coin = _COINS[found[2]] + ("" if found[1] == "1" else "s")
    return f"{found[1]} {coin}" + (f" per {_PER[found[3]]}" if found[3] else "")


def _days(found: re.Match[str]) -> str:
    return f"{_DAYS[found[1].lower()]} to {_DAYS[found[2].lower()]}"


def _coded(found: re.Match[str]) -> str:
    groups = re.split("[-–]", found[0])
    return ", ".join(_digits(group) for group in groups)


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<![\w.])\+\d[\d ().-]{6,20}\d(?![\w-])"), _phone),
    (re.compile(r"(?<![\w.])\(\d{2,5}\) ?\d[\d -]{4,12}\d(?![\w-])"), _phone),
    (re.compile(r"(?<![\w.-])\d{3}[-.]\d{3}[-.]\d{4}(?![\w-])"), _phone),
    (re.compile(r"(?<![\w.-])0\d+(?:[-–]\d+){1,5}(?![\w.]*\d|[-–])"), _coded),
    (re.compile(r"(?<![\w.,/:-])0\d{1,8}(?![\w.,/:–-]*\d)"), lambda found: _digits(found[0])),
    (re.compile(r"(?<![\w.])\d+(?:\.\d+){2,5}(?![\w]|\.\d)"), _dotted),
    (re.compile(rf"\b({_DAY})\.?\s?[-–]\s?({_DAY})\b", re.IGNORECASE), _days),
    (re.compile(rf"(?<![\w.])({_NUMBER})\s?([€£])(?:/(kWh|kg|h|l|m²))?(?!\w)"), _money),
    (re.compile(r"(?<=\d)\s?\^\s?(?=-?\d)"), " to the power of "),
    (re.compile(r"(?<![\w:.])(\d{1,3}):(\d)(?![\d:])"), r"\1 to \2"),
    (re.compile(r"(?<![\w.])(\d{2,5})\s?[x×]\s?(\d{2,5})(?!\w)"), r"\1 by \2"),
    (re.compile(rf"(?<![\w.,$£€])({_NUMBER}){_SPACE}({_UNIT})(?![\w'’²³/°])"), _unit),
)  # fmt: skip


def read_out(text: str) -> str:
    """`text` with numbers written as they are to be said."""
    for pattern, said in _RULES:
        text = pattern.sub(said, text)
    return text
