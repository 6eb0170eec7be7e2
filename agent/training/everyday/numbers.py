"""The numbers of a text, in digits or in English or Chinese words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.training.everyday.text import CITATION, plain

_SMALL = """\
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
sixteen seventeen eighteen nineteen"""
_TENTH = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: value for value, word in enumerate(_SMALL.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TENTH.split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WRITTEN_SCALES = {"million": 1e6, "万": 1e4, "亿": 1e8}
_CHINESE = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}

_NAMES = "|".join([*_ONES, *_TENS, *_SCALES])
_DIGITS = re.compile(r"(?<![\d.])(?P<value>\d+(?:\.\d+)?)(?:\s?(?P<scale>million|万|亿))?")
_GROUPS = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+(?:\.\d+)?(?!\d)")
_COMMA = re.compile(r"(\d+),(\d{1,2})(?!\d)")
_WORDS = re.compile(rf"\b(?:{_NAMES})\b(?:[ -](?:and )?(?:{_NAMES}|point)\b)*")
_CHINESE_WORDS = re.compile(r"[零〇一二两三四五六七八九十百千万]+(?:点[零〇一二三四五六七八九]+)?")
_MINUS = re.compile(r"(?:(?<![\w.)])-|minus |negative |零下|负)\s?$")


def numbers(text: str) -> list[float]:
    """All numbers; what can be read in two ways ("1 234", "5,25") is there in both."""
    said = plain(CITATION.sub(" ", text))
    found = list[float]()
    for value, start in _read(said):
        found.append(value)
        if _MINUS.search(said[:start]):
            found.append(-value)
    found += (float(match[0].replace(" ", "")) for match in _GROUPS.finditer(said))
    found += (float(f"{match[1]}.{match[2]}") for match in _COMMA.finditer(said))
    return found


def _read(said: str) -> Iterator[tuple[float, int]]:
    for match in _DIGITS.finditer(said):
        value = float(match["value"])
        yield value, match.start()
        if match["scale"]:
            yield value * _WRITTEN_SCALES[match["scale"]], match.start()
    for match in _WORDS.finditer(said):
        yield _english(match[0]), match.start()
    for match in _CHINESE_WORDS.finditer(said):
        yield chinese(match[0]), match.start()


def _english(words: str) -> float:
    """`two hundred and twelve point five`."""
    whole, _, part = words.replace("-", " ").partition(" point")
    total = group = 0
    for word in whole.split():
        scale = _SCALES.get(word)
        if scale is None:
            group += _ONES.get(word, 0) + _TENS.get(word, 0)
            continue
        group = max(group, 1) * scale
        if scale > 100:
            total, group = total + group, 0
    digits = "".join(str(_ONES[word]) for word in part.split() if _ONES.get(word, 10) < 10)
    return float(f"{total + group}.{digits or 0}")


def chinese(words: str) -> float:
    """`九百七十五`, `十二点五`."""
    whole, _, part = words.partition("点")
    total = group = digit = 0
    for letter in whole:
        if letter in _CHINESE:
            digit = _CHINESE[letter]
        elif letter in _CHINESE_UNITS:
            group, digit = group + (digit or 1) * _CHINESE_UNITS[letter], 0
        else:  # 万
            total, group, digit = (total + group + digit) * 10_000, 0, 0
    digits = "".join(str(_CHINESE[letter]) for letter in part)
    return float(f"{total + group + digit}.{digits or 0}")
