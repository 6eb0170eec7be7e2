"""Small word problems as an expression: "3 packs of 12, how many?", "the average of 4 and 9".

Each reader uses every number of the words, or none: what it does not wholly understand is left to
the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_N = r"\d+(?:\.\d+)?"
_MONEY = r"[€$£¥￥]? ?"
_LIST = rf"{_MONEY}{_N}(?:(?:\s*,\s*(?:and )?|\s+and\s+|\s*、\s*|\s*和\s*){_MONEY}{_N})+"
_THING = r"(?:[a-z'-]+ ){0,3}?"
_COUNTED = "(?:张|个|本|件|瓶|斤|杯|支)"
_ASKS = re.compile(r"how (?:much|many|far|long|old)|what|\?|？|多少|几", re.I)
_PERIODS = {"day": 365, "week": 52, "month": 12}
_WITHIN = {("day", "week"): 7, ("day", "month"): 30, ("week", "month"): 4}
_WITHIN |= {(name, "year"): count for name, count in _PERIODS.items()}


def problem(text: str) -> str | None:
    """The expression that such words ask for; number words and thousands are digits already."""
    if len(text) > 300 or not re.search(r"\d", text):
        return None
    text = text.replace("100分之", "百分之")
    text = re.sub(r"\b(\d+) dozen\b", r"\1 boxes of 12", text, flags=re.I)
    numbers = re.findall(_N, text)
    for reader in _READERS:
        found = reader(text)
        if found and sorted(re.findall(_N, found[1])) == sorted(numbers):
            return found[0]
    return None


Found = tuple[str, str] | None
"""An expression, and the numbers of the words that it used."""


def _mean(text: str) -> Found:
    found = re.search(rf"\b(?:average|mean) (?:of|from) ({_LIST})|({_LIST})的?平均", text, re.I)
    if found is None:
        return None
    parts = re.findall(_N, found[0])
    return f"mean({','.join(parts)})", " ".join(parts)


def _ratio(text: str) -> Found:
    found = (
        re.search(
            rf"\bwhat (?:percent|percentage|%) (?:is|are) ({_N}) (?:out )?of ({_N})", text, re.I
        )
        or re.search(rf"\bwhat (?:percent|percentage|%) of ({_N}) (?:is|are) ({_N})", text, re.I)
        or re.search(rf"({_N}) (?:is|are) what (?:percent|percentage|%) of ({_N})", text, re.I)
        or re.search(rf"({_N}) ?(?:是|占) ?({_N}) ?的?百分之几", text)
    )
    if found is None:
        return None
    part, whole = (2, 1) if re.search(r"percent(?:age)? of|% of", found[0][:24], re.I) else (1, 2)
    if re.search(r"what (?:percent|percentage|%) of", found[0], re.I) is None:
        part, whole = 1, 2
    return f"{found[part]}/{found[whole]}*100", f"{found[1]} {found[2]}"


def _added(text: str) -> Found:
    found = re.search(rf"\b(?:add(?: up)?|sum (?:up |of )?|total of) ({_LIST})", text, re.I)
    found = found or re.fullmatch(rf"\W*({_LIST}) (?:together|in total|in all)\W*", text, re.I)
    if found is None:
        return None
    parts = re.findall(_N, found[1])
    return "+".join(parts), " ".join(parts)


def _packs(text: str) -> Found:
    found = re.search(
        rf"\b({_N}) (?:big |small |full )?(?:packs?|boxes|box|bags?|cartons?|trays?"
        rf"|rows?|crates?|bottles?"
        rf"|packets?|sets?|shelves|tables?|teams?|pages?|cases?)(?: \w+)? (?:of|with"
        rf"|holding|containing) ({_N})\b"
        rf"|({_N}) ?[盒箱包袋排篮].{{0,8}}?(?:每[盒箱包袋排篮]|各)(?:有|装|是)? ?({_N})",
        text,
        re.I,
    )
    if found is None or not _ASKS.search(text) or _story(text):
        return None
    one, other = (part for part in found.groups() if part)
    return f"{one}*{other}", f"{one} {other}"


def _each(text: str) -> Found:
    """Such as "What do 7 tickets at 12.50 each cost?"."""
    price = (
        rf"(?:at|for|costs?|cost|are|is) {_MONEY}({_N})(?: \w+)? ?(?:each|apiece|a piece|per \w+)"
    )
    found = re.search(
        rf"\b({_N}) {_THING}[a-z'-]+,? (?:that |which |at a price of )?{price}", text, re.I
    )
    if found and _ASKS.search(text):
        return f"{found[1]}*{found[2]}", f"{found[1]} {found[2]}"
    found = re.search(
        rf"({_N}) ?{_COUNTED}[\u4e00-\u9fff]{{0,6}}，?(?:每|一){_COUNTED} ?({_N})",
        text,
    )
    if found and _ASKS.search(text):
        return f"{found[1]}*{found[2]}", f"{found[1]} {found[2]}"
    return None


def _share(text: str) -> Found:
    found = re.search(
        rf"\b(?:vat|tax|tip|commission|interest|discount|deposit|fee)(?: is| would be)?"
        rf" on {_MONEY}({_N})(?: \w+)? (?:at|of|with) ({_N}) ?%",
        text,
        re.I,
    )
    return (f"{found[2]}%*{found[1]}", f"{found[1]} {found[2]}") if found else None


def _per_period(text: str) -> Found:
    """Such as "I save 35 a week. How much is that in a year?", "12 a day for 30 days"."""
    found = re.search(
        rf"({_N})(?: \w+)? (?:a|an|per|each|every) (day|week|month)\b(.*)", text, re.I
    )
    if found is None or not _ASKS.search(text):
        return None
    amount, unit, rest = found[1], found[2].lower(), found[3]
    if counted := re.search(rf"\b(?:for|in|after|over|during) ({_N}) {unit}s\b", rest, re.I):
        return f"{amount}*{counted[1]}", f"{amount} {counted[1]}"
    longer = re.search(r"\b(?:a|an|per|one|1|each|every|the whole) (week|month|year)\b", rest, re.I)
    if longer is None or (unit, longer[1].lower()) not in _WITHIN:
        return None
    ones = " 1" if longer[0].startswith("1") else ""
    return f"{amount}*{_WITHIN[unit, longer[1].lower()]}", amount + ones


def _recipe(text: str) -> Found:
    """Such as "A recipe for 4 needs 300 g flour. How much for 6?"."""
    found = re.search(
        rf"\bfor ({_N})(?: people| persons| guests| servings)?\b.{{0,30}}?\b(?:needs?"
        rf"|takes?|uses?|calls for|wants|says|has|asks for)\b"
        rf" ({_N}).*\b(?:for|to serve|if we are|with) ({_N})\b",
        text,
        re.I,
    )
    if found is None or not _ASKS.search(text):
        return None
    before, amount, after = found.groups()
    return f"{amount}/{before}*{after}", f"{before} {amount} {after}"


def _travel(text: str) -> Found:
    """Hours for a distance at a speed, or the distance of some hours at it."""
    speed = (
        rf"\bat (?:about |an average of )?({_N}) ?(?:km/h|kmh|kph|mph|kilomet\w+ (?:per|an)"
        rf" hour|km (?:per|an) hour|miles (?:per|an) hour)"
    )
    found = re.search(rf"({_N}) ?(?:km|kilomet\w+|miles?)\b.*?{speed}", text, re.I)
    if found and re.search(r"how (?:long|many hours)", text, re.I):
        return f"{found[1]}/{found[2]}", f"{found[1]} {found[2]}"
    found = re.search(rf"({_N}) ?hours?\b.*?{speed}", text, re.I)
    if found and re.search(r"how (?:far|many (?:km|kilomet|miles))", text, re.I):
        return f"{found[1]}*{found[2]}", f"{found[1]} {found[2]}"
    return None


def _factorial(text: str) -> Found:
    found = re.search(r"\b(\d{1,2}) ?(?:factorial\b|!(?=\s*[=?？]))|(\d{1,2}) ?的阶乘", text, re.I)
    number = int(found[1] or found[2]) if found else 0
    if found is None or not 1 < number <= 30:
        return None
    return "*".join(str(n) for n in range(1, number + 1)), str(number)


_CHANGES = re.compile(
    r"\b(?:each|every|per|times|half|twice|double|percent|equal|share|split|more than"
    r"|less than|old|older)\b|%|每|倍|半",
    re.I,
)
_GOES_ON = re.compile(r"\b(?:left|remain\w*|after|more|fewer|gave|lost|ate)\b|剩|还有", re.I)


def _story(text: str) -> bool:
    return _CHANGES.search(text) is not None or _GOES_ON.search(text) is not None


_LINKS = ("on", "in", "at", "from", "for", "yesterday", "today", "thi", "last", "and", "the")


def _in_all(text: str) -> Found:
    """Such as "5 km on Monday, 7 on Wednesday and 12 on Saturday. How far is that in all?"."""
    asks = r"how (?:much|many|far|long)\b.*\b(?:in all|in total|altogether|all together|in sum)\b"
    if not re.search(rf"{asks}|(?:一共|总共|加起来).{{0,10}}(?:多少|几)", text, re.I):
        return None
    parts = re.findall(rf"({_N}) ?([a-z]+|[\u4e00-\u9fff])?", text, re.I)
    if _story(text) or not 2 <= len(parts) <= 8:
        return None
    unit = parts[0][1].lower().rstrip("s")
    same = all(word.lower().rstrip("s") in (unit, *_LINKS) for _, word in parts[1:])
    if unit in ("", *_LINKS) or not same:
        return None
    return "+".join(n for n, _ in parts), " ".join(n for n, _ in parts)


_GAINS = re.compile(
    r"\b(?:got|found|bought|earned|received|saved|won|made|collected|added|refill\w*) (?:\w+ )?"
    r"[€$£¥]?\d"
    r"|\b(?:ordered|there are \d+ \w+ in|rest of|remaining|of the|dozen)\b|又买|存了|赚",
    re.I,
)
"""What comes in, and what is counted in two units: such a story is not one subtraction."""


def _left(text: str) -> Found:
    """Such as "I had 50 euros and spent 12 and 7.50. How much is left?"."""
    asks = (
        r"\b(?:is|are|do i have|does \w+ have|have i got|will i have|remain\w*)\b.*\b(?:left"
        r"|over|remain\w*)\b"
    )
    if not re.search(
        rf"how (?:much|many)\b.*{asks}|how (?:much|many) (?:\w+ )?(?:left|remain)"
        rf"|还?剩.{{0,6}}(?:多少|几)",
        text,
        re.I,
    ):
        return None
    spent = (
        r"\b(?:spend|spent|gave|give|ate|eat|lost|lose|used?|paid|pay|sold|drank|drink|took"
        r"|broke|donated)\b|花|吃|用|送|付|丢|卖|借"
    )
    if (
        _CHANGES.search(text)
        or not re.search(spent, text, re.I)
        or _GAINS.search(text)
        or re.search(r"\d ?/ ?\d|\b\d+ boxes of 12\b", text)
        or len(re.findall(r"[.!?。！？](?:\s|$)", text)) > 3
    ):
        return None
    parts = re.findall(_N, text)
    first = re.search(spent, text, re.I)
    if not 2 <= len(parts) <= 6 or first is None or not re.search(_N, text[: first.start()]):
        return None
    return "-".join(parts), " ".join(parts)


def _off(text: str) -> Found:
    """Such as "30% off 89.90", "a 15% tip on 62"."""
    found = re.search(
        rf"({_N}) ?% (off|discount on|reduction on|tip on|vat on|tax on|commission"
        rf" on)(?: of)? {_MONEY}({_N})",
        text,
        re.I,
    )
    if found is None:
        return None
    numbers = f"{found[1]} {found[3]}"
    lower = found[2].lower() == "off" or re.search("discount|reduction", found[2], re.I)
    return (f"{found[3]}-{found[1]}%" if lower else f"{found[1]}%*{found[3]}"), numbers


_READERS: tuple[Callable[[str], Found], ...] = (
    _mean, _ratio, _share, _off, _recipe, _travel, _each, _per_period, _packs, _factorial, _left,
    _in_all, _added,
)  # fmt: skip
