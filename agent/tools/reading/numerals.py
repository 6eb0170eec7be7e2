"""Number words as digits: "thirty-five" is "35", "七五折" is "75折", "百分之十五" is "15%"."""

from __future__ import annotations

import re

_ONES = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_WORD = "|".join(sorted([*_ONES, *_TENS, *_SCALES], key=len, reverse=True))
_RUN = re.compile(
    rf"\b(?:(?:{_WORD})|an? (?=hundred|thousand|million|billion)(?:{_WORD}))"
    rf"(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD})\b)*(?:\s+point(?:\s+(?:{'|'.join(list(_ONES)[:10])}))+)?\b",
    re.IGNORECASE,
)
_SCALED = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)[\s-]+(hundred|thousand|million|billion)\b", re.I)
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
_PART = re.compile(
    r"\b(\d+|an?|one)[\s-]+(half|halves|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|hundredth)s?)(?=\s+of\b(?! an? hour))",
    re.IGNORECASE,
)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
        ],
        start=1,
    )
} | {"twentieth": 20, "thirtieth": 30}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_ORDINAL = (
    rf"(?:(?P<tens>twenty|thirty)[\s-]+)?(?P<ordinal>{'|'.join(sorted(_ORDINALS, key=len)[::-1])})"
)
_DATED = re.compile(
    rf"\b{_ORDINAL}(?=\s+(?:of\s+)?{_MONTH})|(?<=the ){_ORDINAL.replace('<', '<the_')}"
    r"(?=\s*(?:[?.!,]|$))",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(rf"({_MONTH}\s+(?:the\s+)?){_ORDINAL}\b", re.IGNORECASE)
_ZH_DIGITS = {letter: number for number, letter in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
}
_ZH_UNITS = {"十": 10, "百": 100, "千": 1000}
_ZH = "零〇一二两俩三四五六七八九十百千万亿"
_ZH_RUN = re.compile(
    r"(?<![统唯万第])"
    rf"(?!一(?:下|共|样|起|直|些|定|般|边|会|种|位|旦|切|半"
    rf"|声|遍|次|如|致|律|向|并|来|再|点(?![{_ZH}\d半整一刻钟])))"
    rf"(?!一个(?!半?(?:小时|星期|月|钟|礼拜)))(?!十分(?!钟"
    rf"|之|后|以))(?!千万别|万一|两者|三思)[{_ZH}]+"
)


def numerals(text: str) -> str:
    """The text with its number words as digits; a lone "one" stays a word."""
    text = text.replace("\u2019", "'").replace("\u2212", "-")
    text = _AFTER_MONTH.sub(lambda m: m[1] + _nth(m["tens"], m["ordinal"]), text)
    text = _DATED.sub(
        lambda m: _nth(m["tens"] or m["the_tens"], m["ordinal"] or m["the_ordinal"]), text
    )
    text = _SCALED.sub(lambda m: _plain(float(m[1]) * _SCALES[m[2].lower()]), text)
    text = _RUN.sub(_run, text)
    text = re.sub(r"\b(\d+) and (?:a )?half\b(?! an? )", r"\1.5", text)
    text = _PART.sub(lambda m: f"{_count(m[1])}/{_PARTS[_single(m[2])]}", text)
    return _chinese(text)


def chinese_number(letters: str) -> int:
    """The value of a Chinese number; digits in a row ("二零二七") are read as they stand."""
    if len(letters) > 1 and not re.search("[十百千万亿]", letters):
        return int("".join(str(_ZH_DIGITS[letter]) for letter in letters))
    whole = group = digit = 0
    last = 1
    for letter in letters:
        if letter in _ZH_DIGITS:
            digit = _ZH_DIGITS[letter]
            last = 10 if digit == 0 else last
        elif letter in _ZH_UNITS:
            group, last, digit = group + (digit or 1) * _ZH_UNITS[letter], _ZH_UNITS[letter], 0
        else:
            scale = 10**4 if letter == "万" else 10**8
            whole, group, digit, last = (whole + group + digit or 1) * scale, 0, 0, scale
    # "一万八" is 18,000, "三百二" is 320, "一百零八" is 108.
    return whole + group + digit * (last // 10 if last >= 100 else 1)


def _chinese(text: str) -> str:
    text = re.sub(
        r"(\d+(?:\.\d+)?)(百|千|万|亿)(?![克米瓦卡分])",
        lambda m: _plain(float(m[1]) * {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[m[2]]),
        text,
    )
    text = re.sub(
        rf"百分之([{_ZH}]+|\d+(?:\.\d+)?)(?:点([{_ZH}]+))?",
        lambda m: _value(m[1]) + (f".{_digits(m[2])}" if m[2] else "") + "%",
        text,
    )
    text = re.sub(
        rf"([{_ZH}]+|\d+)分之([{_ZH}]+|\d+)", lambda m: f"{_value(m[2])}/{_value(m[1])}", text
    )
    text = re.sub(rf"点([零〇])([{_ZH[2:11]}])", lambda m: f"点0{_ZH_DIGITS[m[2]]}", text)
    text = re.sub(
        r"(周|星期|礼拜)([一二三四五六])(?![\d年])", lambda m: f"{m[1]}{_ZH_DIGITS[m[2]]} ", text
    )
    return _ZH_RUN.sub(lambda m: str(chinese_number(m[0])), text)


def _value(letters: str) -> str:
    return letters if letters[0].isdigit() else str(chinese_number(letters))


def _digits(letters: str) -> str:
    return "".join(str(_ZH_DIGITS.get(letter, "")) for letter in letters)


def _run(found: re.Match[str]) -> str:
    words = re.sub(r"[\s-]+", " ", found[0].lower())
    if words in ("one", "second"):
        return found[0]
    whole, _, part = words.partition(" point ")
    numbers = _split(whole.split())
    shown = " ".join(_plain(number) for number in numbers)
    return f"{shown}.{''.join(str(_ONES[w]) for w in part.split())}" if part else shown


def _split(words: list[str]) -> list[int]:
    """Values of words in a row; what cannot be one number is several ("five thirty")."""
    numbers, total, group, room = list[int](), 0, 0, 0
    begun = joined = False
    for word in words:
        if word in ("and", "a", "an"):
            joined = word == "and"
            continue
        value = _ONES.get(word, _TENS.get(word, -1))
        if value >= 0:
            if begun and value >= room:
                numbers.append(total + group)
                if joined:
                    # "twenty and thirty" are two numbers; the "and" between them is kept apart.
                    numbers.append(-1)
                total = group = 0
            group += value
            room = 10 if value >= 20 else 1 if value else 0
        elif word == "hundred":
            group, room = max(group, 1) * 100, 100
        else:
            total, group, room = total + max(group, 1) * _SCALES[word], 0, 1000
        begun, joined = True, False
    return [*numbers, total + group]


def _plain(value: float) -> str:
    return "and" if value == -1 else str(int(value)) if value == int(value) else str(value)


def _nth(tens: str | None, ordinal: str) -> str:
    value = _ORDINALS[ordinal.lower()] + (_TENS[tens.lower()] if tens else 0)
    return f"{value}th"


def _count(word: str) -> str:
    return word if word.isdigit() else "1"


def _single(word: str) -> str:
    word = word.lower()
    return word if word in _PARTS else word.removesuffix("s")
