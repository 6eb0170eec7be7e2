"""Numbers without a unit, short forms and Roman numerals as words."""

from __future__ import annotations

import re

from agent.voice.text.number_words import (
    cardinal,
    decimal,
    ordinal,
    pairs,
    singly,
    year,
)
from agent.voice.text.vocabulary import LARGE, SHORT

Found = re.Match[str]

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_YEAR = re.compile(r"1[1-9]\d\d|20\d\d")
# A word before a number of four digits that makes it a year, and one after that makes it none.
_OF_A_YEAR = re.compile(r"\b(?:in|since|until|till|by|from|year|circa|before|after|during) $", re.I)
_COUNTED = re.compile(r"\s(?:[a-z]{2,}s|people|children|men|women|percent|times)\b")
_NO_PLURAL = re.compile(r"\s(?:was|is|has|its|this|as|does|plus|minus|equals|times)\b")
# After "Charles I" or "Type I", where "I" is no person that does something.
_AFTER_ONE = re.compile(
    r"(?!\s[a-z])|\s(?:was|of|is|had|died|ruled|became|reigned|and|or|in|to|began|ended|diabetes)\b"
)
_KINDS = frozenset(["type", "class", "phase", "stage", "grade"])
_ENDS = re.compile(r"\s*$|\s+[A-Z\"“]")
_LAST = frozenset(["etc.", "Inc.", "Ltd.", "Corp.", "Jr.", "Sr.", "Ave.", "Blvd.", "Rd.", "St."])


def number(found: Found) -> str:
    """Any number: a year where it is one, else an amount."""
    text = found[0].rstrip(",")
    if _YEAR.fullmatch(text) and _is_year(found):
        return year(text)
    if len(text) > 1 and text[0] == "0" and text.isdigit():
        return singly(text) if len(text) <= 30 else cardinal("1" + text[1:])
    return decimal(text)


def _is_year(found: Found) -> bool:
    before, after = found.string[max(0, found.start() - 12) : found.start()], found.end()
    if not _COUNTED.match(found.string, after) or _NO_PLURAL.match(found.string, after):
        return not re.search(r"[$£€=×+*/^]\s?$|\b(?:times|plus|minus|by|port) $", before)
    return bool(_OF_A_YEAR.search(before)) and found[0] >= "1900"


def ordinal_number(found: Found) -> str:
    """Group: digits before "th"."""
    return ordinal(found[1].replace(",", ""))


def account(found: Found) -> str:
    """DE89 3704 ... letter by letter, in its groups."""
    return ", ".join(
        " ".join(singly(character) or character for character in group)
        for group in found[0].split(" ")
    )


def thousands(found: Found) -> str:
    """1 234 567 with narrow spaces."""
    return re.sub(r"\D", ",", found[0])


def dotted_thousands(found: Found) -> str:
    """1.234.567; four groups are an address."""
    if found[0].count(".") == 3:
        return dotted(found)
    return cardinal(found[0].replace(".", ""))


def dotted(found: Found) -> str:
    """2.10.3 is a version, 192.168.1.10 an address."""
    groups = found[0].split(".")
    return (" dot " if len(groups) == 4 else " point ").join(cardinal(group) for group in groups)


def version(found: Found) -> str:
    """Group: the number after "v"."""
    return "version " + _version(found[1])


def named_version(found: Found) -> str:
    """Groups: name, number."""
    return f"{found[1]} {_version(found[2])}"


def _version(text: str) -> str:
    groups = text.split(".")
    return " point ".join(singly(group) if group[0] == "0" else cardinal(group) for group in groups)


def proportion(found: Found) -> str:
    """Groups: both numbers of 3:2."""
    first, second = (side for side in found.groups() if side)
    return f"{cardinal(first)} to {cardinal(second)}"


def numbered(found: Found) -> str:
    """Groups: what it is, its number of three or four digits: "flight twenty four ninety"."""
    number = pairs(found[2]) if len(found[2]) == 3 and found[2][-2:] != "00" else year(found[2])
    return f"{found[1]} {number}"


def by(found: Found) -> str:
    """Groups: both sides of 1920x1080."""
    return " by ".join(pairs(side) if len(side) == 4 else cardinal(side) for side in found.groups())


def feet_inches(found: Found) -> str:
    """Groups: feet, inches."""
    return f"{cardinal(found[1])} foot {cardinal(found[2])}"


def screen(found: Found) -> str:
    """1080p is "ten eighty p"."""
    return f"{pairs(found[1])} p"


def large(found: Found) -> str:
    """3bn is "three billion"."""
    return f"{decimal(found[1])} {LARGE[found[0][-2:]]}"


def elements(found: Found) -> str:
    """H2O letter by letter."""
    return " ".join(re.findall(r"[A-Za-z]|\d+", found[0]))


def of_that_name(found: Found) -> str:
    """Groups: name, Roman numeral."""
    if found[2] in ("", "L") or (found[2] == "I" and not _AFTER_ONE.match(*_rest(found))):
        return found[0]
    return f"{found[1]} the {ordinal(str(_roman(found[2])))}"


def roman_number(found: Found) -> str:
    """Groups: word before, Roman numeral. "In the part I liked" has none."""
    word, numeral = found[1], found[2]
    speaker = numeral == "I" and not (
        (word[0].isupper() or word in _KINDS) and _AFTER_ONE.match(*_rest(found))
    )
    if speaker or numeral in ("", "X", "L"):
        return found[0]
    return f"{word} {cardinal(str(_roman(numeral)))}"


def _rest(found: Found) -> tuple[str, int]:
    return found.string, found.end()


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def short(found: Found) -> str:
    """A short form in full; its stop stays where a sentence ends with it."""
    if found[0] == "min." and found.string[: found.start()].rstrip(" ")[-1:].isdigit():
        return found[0]  # "5 min." is five minutes
    return SHORT[found[0]] + _stop(found, found[0])


def street(found: Found) -> str:
    """Group: the street's name."""
    return f"{found[1]} Street{_stop(found, 'St.')}"


def _stop(found: Found, text: str) -> str:
    """The full stop of the sentence, where a short form that has one ends it."""
    rest = found.string[found.end() : found.end() + 3]
    ends = rest[:1] in ("", "\n") or rest.isspace() or (text in _LAST and bool(_ENDS.match(rest)))
    return "." if text.endswith(".") and ends else ""
