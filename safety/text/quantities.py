"""Whether digits are an amount, a measurement or a row of numbers, and not somebody's number."""

from __future__ import annotations

import re

_AFTER = re.compile(
    r"\s{0,2}(?:[%‰°€$£¥]|(?:per ?cent|percent|euros?|dollars?|pounds?|yen|yuan|rupees?|francs?|"
    r"eur|usd|gbp|cny|people|persons|inhabitants|years?|days?|hours?|minutes?|seconds?|ms|"
    r"times|votes?|steps?|copies|bytes?|bits?|[kmgt]i?b|[kmgt]?hz|[mk]?w|[kmg]?wh|[kmµu]?v|"
    r"[kmn]?m|cm|m[23²³]|km2|km²|metres?|meters?|miles?|feet|ft|inch(?:es)?|yards?|m/s|km/h|mph|"
    r"[kmµu]?g|tonnes?|tons?|kilos?|[mc]?l|litres?|liters?|k?cal(?:ories)?|k?j|[hk]?pa|mmhg|bar|"
    r"base pairs|square|million|billion|thousand|stars|light|items|units|pieces|points|"
    r"元|人|年|天|米|公里|公斤|克|次|个|票|万|亿)(?![a-z]))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:[€$£¥#№]|\b(?:budget|revenue|population|debt|salary|profit|turnover|voltage|altitude|"
    r"resolution|colou?r|port|ports|seed|epoch|timestamp|coordinates?|latitude|longitude|isbn|"
    r"rfc|iso|din|ieee|build|version|scores?|frequenc\w+|capacit\w+|prime|factorial|"
    r"quota|total|sum|equals?|about|around|roughly|approximately|nearly|almost|over))"
    r"\W{0,3}(?:(?:is|was|are|were|of|in|at|\d{4}):?\W{0,2})?$",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"[-+]?\d+\.\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3}){1,6}")
_SPACED = re.compile(r"[1-9]\d*(?:[ \u00a0]\d+)+")


def is_quantity(text: str, start: int, end: int) -> bool:
    """Whether what stands around these digits, or their shape, says that they count something."""
    if _AFTER.match(text, end) or _BEFORE.search(text[max(0, start - 40) : start]):
        return True
    return _DECIMAL.fullmatch(text[start:end]) is not None


def is_row(digits: str) -> bool:
    """Whether they are numbers in a row, or thousands set apart: "250 300 1000", "8 045 311"."""
    return _THOUSANDS.fullmatch(digits) is not None or _SPACED.fullmatch(digits) is not None
