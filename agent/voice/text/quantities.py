"""Amounts as words: money, units, percentages, fractions, telephone numbers."""

from __future__ import annotations

import re

from agent.voice.text.number_words import (
    cardinal,
    decimal,
    fraction,
    singly,
)
from agent.voice.text.vocabulary import (
    COINS,
    IRREGULAR,
    LARGE,
    PER,
    SAME_IN_MANY,
    UNITS,
)

Found = re.Match[str]

_SIGN = {"-": "minus ", "−": "minus ", "~": "about ", "≈": "about ", "±": "plus or minus "}
_RAISED = {"²": "square ", "^2": "square ", "³": "cubic ", "^3": "cubic "}
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_COINS_MANY = {"penny": "pence", "paisa": "paise"}
_LONGEST_PHONE = 15
_SHORTEST_PHONE = 7


def several(word: str) -> str:
    """The plural of a unit or coin: "miles per hour", "pence", "feet"."""
    first, per, rest = word.partition(" per ")
    first, of, substance = first.partition(" of ")
    *before, last = first.split(" ")
    last = IRREGULAR.get(last) or _COINS_MANY.get(last) or last
    if (
        last not in IRREGULAR.values()
        and last not in SAME_IN_MANY
        and last not in ("pence", "paise")
    ):
        last += "es" if last.endswith(("s", "x", "ch")) else "s"
    return " ".join([*before, last]) + of + substance + per + rest


def _counted(amount: str, word: str) -> str:
    return word if amount in ("one", "minus one") else several(word)


def span(first: str, last: str | None) -> str:
    """`first` alone or "first to last", both digits with point or comma."""
    return _amount(first) + (f" to {_amount(last)}" if last else "")


def _amount(text: str) -> str:
    # A comma that parts no thousands is the decimal point of most of Europe.
    return decimal(text if re.fullmatch(r"\d+(?:,\d{3})*(?:\.\d+)?", text) else _plain(text))


def _plain(text: str) -> str:
    return text.replace(".", "").replace(",", ".")


def measured(found: Found) -> str:
    """Groups: sign, number, second number, unit, power, unit that it is divided by, its power."""
    sign, first, last, unit, power, per, per_power = found.groups()
    amount = span(first, last)
    word = _RAISED.get(power or "", "") + UNITS[unit]
    said = f"{_SIGN.get((sign or '').strip(), '')}{amount} {_counted(amount, word)}"
    return said + (f" per {per_unit(per, per_power)}" if per else "")


def unmeasured(found: Found) -> str:
    """A unit without its number: "in km/h"."""
    word = _RAISED.get(found[2] or "", "") + UNITS[found[1]]
    return f"{several(word)} per {per_unit(found[3], found[4])}"


def per_unit(unit: str, power: str | None = None) -> str:
    """What comes after "per"; a squared second stays "second squared"."""
    word = PER[unit]
    if power and word == "second":
        return "second squared" if power in ("²", "^2") else "second cubed"
    return _RAISED.get(power or "", "") + word


def degrees(found: Found) -> str:
    """Groups: sign, number, second number, scale."""
    sign, first, last, scale = found.groups()
    amount = span(first, last)
    name = {"C": " Celsius", "F": " Fahrenheit", "K": " Kelvin"}.get(scale or "", "")
    return f"{_SIGN.get((sign or '').strip(), '')}{amount} {_counted(amount, 'degree')}{name}"


def percent(found: Found) -> str:
    """Groups: sign, number, second number."""
    return f"{_SIGN.get((found[1] or '').strip(), '')}{span(found[2], found[3])} percent"


def money(found: Found) -> str:
    """Named groups: minus, coin or coin2, amount, to, large, per."""
    part = found.groupdict()
    coin, small = COINS[part["coin"] or part["coin2"]]
    amount, until, large = part["amount"], part["to"], part["large"]
    whole, cents = _sum(amount, part["coin"] or part["coin2"])
    minus = "minus " if part["minus"] else ""
    if large or until or len(cents) not in (0, 2):
        said = _price(amount, part["coin"] or part["coin2"])
        said += f" to {_price(until, part['coin'] or part['coin2'])}" if until else ""
        said += f" {LARGE[large]}" if large else ""
        said += f" {several(coin)}"
    else:
        said = _coins(whole, cents, coin, small)
    return minus + said + (f" per {per_unit(part['per'])}" if part["per"] else "")


def _price(text: str, coin: str) -> str:
    whole, cents = _sum(text, coin)
    return decimal(f"{whole}.{cents}" if cents else whole)


def _coins(whole: str, cents: str, coin: str, small: str) -> str:
    parts = []
    if int(whole) or not int(cents or 0):
        amount = cardinal(whole)
        parts.append(f"{amount} {_counted(amount, coin)}")
    if int(cents or 0):
        amount = cardinal(cents)
        parts.append(f"{amount} {_counted(amount, small)}")
    return " and ".join(parts)


def _sum(text: str, coin: str) -> tuple[str, str]:
    """Whole and hundredths of "1,234.50", "1.234,50" and "1.234.567"."""
    text = text.replace(" ", "").replace("'", "")
    mark = max(text.rfind("."), text.rfind(","))
    places = len(text) - mark - 1
    thousands = places == 3 and (
        text[mark] == "," or text.count(".") > 1 or coin in ("€", "EUR", "CHF")
    )
    if mark < 0 or thousands:
        return re.sub(r"\D", "", text), ""
    return re.sub(r"\D", "", text[:mark]) or "0", text[mark + 1 :]


def cents(found: Found) -> str:
    """Groups: number, "¢" or "p"."""
    amount = decimal(found[1])
    return f"{amount} {_counted(amount, 'cent' if found[2] == '¢' else 'penny')}"


def vulgar(found: Found) -> str:
    """Groups: whole number, sign such as ½."""
    return _mixed(found[1], *_VULGAR[found[2]])


def mixed(found: Found) -> str:
    """Groups: whole number, numerator, denominator. 80/20 is how a hundred is shared."""
    if not found[1] and int(found[2]) + int(found[3]) == 100:
        return f"{cardinal(found[2])} {cardinal(found[3])}"
    return _mixed(found[1], int(found[2]), int(found[3]))


def _mixed(whole: str | None, above: int, below: int) -> str:
    said = fraction(above, below)
    if not whole:
        return said
    return f"{cardinal(whole)} and {'a' + said[3:] if said.startswith('one ') else said}"


def half_of(found: Found) -> str:
    """Group: the thing of which there is half a one."""
    thing = UNITS.get(found[1], found[1])
    return f"half {'an' if thing[0] in 'aeio' else 'a'} {thing}"


def phone(found: Found) -> str:
    """A telephone number, group by group; what cannot be one is left alone."""
    groups = re.findall(r"\d+", found[0])
    if not _SHORTEST_PHONE <= sum(map(len, groups)) <= _LONGEST_PHONE or len(groups) < 2:
        return found[0]
    plus = "plus " if found[0].startswith("+") else ""
    return plus + ", ".join(singly(group) for group in groups)


def one_by_one(found: Found) -> str:
    """Digits that are no amount, in their groups."""
    return ", ".join(singly(group) for group in re.findall(r"\d+", found[0]))
