"""Units: lengths, weights, volumes, temperatures and the like, exactly."""

from __future__ import annotations

import re
from fractions import Fraction

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.arithmetic import shown
from agent.tools.reading.numerals import numerals
from agent.tools.types import Call, Parameter, Result, Tool, Value
from agent.tools.units import SPOKEN, Unit, converted, sign, unit

_EDGE = r"(?![a-z²³])"
_NUMBER = r"(?P<value>(?:-|minus |零下)?\d+(?:\.\d+)?(?:/\d+)?)"
_QUANTITY = re.compile(
    rf"(?<![a-z\d.]){_NUMBER}(?: of an?| of)?[\s-]*(?P<unit>{SPOKEN}){_EDGE}"
    rf"(?:\s*(?P<more>\d+(?:\.\d+)?)\s*(?P<small>{SPOKEN})?{_EDGE})?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![a-zA-Z\d.])(?P<value>(?:-|minus )?\d+(?:\.\d+)?)(?![\w.:/%]|\s*(?:people|euros?))"
)
_UNIT = rf"(?P<unit>{SPOKEN}){_EDGE}"
_TARGETS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:in|into|to|as)\s+(?:the )?{_UNIT}(?:\s+instead)?(?P<after>.*)$",
        rf"\b(?:same as|equal to|equals)\s+(?:about )?\d+(?:\.\d+)? ?{_UNIT}"
        r"(?P<after>\s*,?\s*(?:right|yeah|correct|isn't it)?\W*)$",
        rf"\bhow (?:many|much)\s+{_UNIT}(?P<after>.*)$",
        r"(?:是|等于|合|有|相当于|换算成|换成|转成|转换成|折合|折算成|变成|=)"
        rf"\s*(?:多少|几)?(?:个)?\s*{_UNIT}(?P<after>.*)$",
        rf"(?:多少|几)\s*个?{_UNIT}(?P<after>.*)$",
    )
)
_ASKS = re.compile(
    r"how (?:many|much|far|big|hot|cold|long|heavy|tall|fast"
    r"|warm)|what(?:'s| is| are| about|s)|convert|\bin\b|\?"
    r"|is that|多少|几|换算|转换|换成|等于|合",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:should|recipe for|cook|bake|boil|eat|drink|run"
    r"|walk|drive|sleep|weigh(?:s|t)? of|does (?:a|the|it)"
    r"|per|cost|price|arrive|leave|takes?|need|calories|protein"
    r"|sugar|fat)\b"
    r"|要跑|要走|要煮|热量|卡路里|多少钱|需要|含|应该|怎么|为什么",
    re.I,
)
_SUM = re.compile(r"(?:\b(?:plus|and)|\+|(?P<minus>\bminus|-|−|减去?)|加上?) ?$", re.I)
_SPEED = re.compile(r"[a-z]+ (?:per|an?) (?:hour|second)\b", re.I)
_CLOSE = re.compile(
    r"^(?:\s|are|is|there|in|does|do|make|makes|equals?|to"
    r"|a|an|of|it|that|come|comes|would|be|about|roughly|exactly"
    r"|[,.?!？。呢啊吗=是的]|please|then|for|me)*$",
    re.I,
)


def quick(said: Said) -> Call | None:
    """Such as "My recipe says 350 °F. What's that in Celsius?", "58公斤是多少磅"."""
    text = _prepared(said.words)
    if len(text) > 200 or not _ASKS.search(text):
        return None
    if found := _named(text) or _other_scale(text):
        return found
    return _again(text, said)


def _prepared(words: str) -> str:
    text = numerals(words)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"\bhalf an? (?=[a-z])", "0.5 ", text, flags=re.I)
    text = re.sub(r"\b(?:a )?quarter of an? (?=[a-z])", "0.25 ", text, flags=re.I)
    text = re.sub(r"\b(?:3|three) quarters of an? (?=[a-z])", "0.75 ", text, flags=re.I)
    text = re.sub(r"半(?=公斤|斤|升|公里|米|磅|吨|小时)", "0.5", text)
    text = re.sub(r"(\d+)([公斤米升里磅]+)半", r"\1.5\2", text)
    text = re.sub(r"(\d+)点(\d+)", r"\1.\2", text)
    text = re.sub(
        r"\b(\d+) (foot|feet) (\d+)\b(?! ?(?:inch|in\b(?! \w)|\"))",
        r"\1 feet \3 inches",
        text,
        flags=re.I,
    )
    text = re.sub(
        r"\b(\d+) stones? (\d+)\b(?! ?(?:lb|pound))", r"\1 stone \2 pounds", text, flags=re.I
    )
    text = re.sub(r"(?<!\d)(\d)米(\d{1,2})(?!\d|[毫厘公])", lambda m: f"{m[1]}.{m[2]}米", text)
    text = re.sub(
        r"(\d+)\s*(?:degrees|度)\s*(fahrenheit|celsius|华氏|摄氏)", r"\1 \2", text, flags=re.I
    )
    text = re.sub(r"(华氏|摄氏)(\d+(?:\.\d+)?)度?", r"\2\1", text)
    return re.sub(r"零下(?=\d)", "-", text)


def _named(text: str) -> Call | None:
    if _OTHER.search(_SPEED.sub("speed", text)):
        return None
    for pattern in _TARGETS:
        for target in _ends(pattern, text):
            after = unit(target["unit"])
            if target["unit"].lower() == "in" or after is None:
                continue
            found = _given(text, target, after)
            if found is not None and found[1].name != after.name:
                return _call(found[0], found[1], after)
    return None


def _given(text: str, target: re.Match[str], after: Unit) -> tuple[Fraction, Unit] | None:
    """The quantity that is to be turned into the target of this match."""
    before, rest = text[: target.start()], target["after"] or ""
    counted = target.re not in _TARGETS[:2]
    if counted:
        found = _quantity(rest, after) or _quantity(before, after) or _single(rest, after)
    else:
        convert = re.search(r"convert|换算", text, re.I)
        found = _quantity(before, after) or (_quantity(before, None) if convert else None)
    found = found or _degrees(before + rest if counted else before, after)
    if found is None:
        return None
    value, given, left = found
    if target.re is _TARGETS[2] and not _CLOSE.match(left):
        return None
    if target.re is _TARGETS[0] and not re.fullmatch(_TAIL, rest, re.I):
        return None
    return value, given


def _single(rest: str, after: Unit) -> tuple[Fraction, Unit, str] | None:
    """Such as "how many feet are in a mile?": one of that unit."""
    one = re.match(rf"(?P<link>.*?)\b(?:an?|one|一) ?(?P<unit>{SPOKEN}){_EDGE}\W*$", rest, re.I)
    given = unit(one["unit"]) if one else None
    if one is None or given is None or given.kind != after.kind:
        return None
    return (Fraction(1), given, one["link"]) if _CLOSE.match(one["link"]) else None


_TAIL = (
    r"[\s,.?!]*(?:please|for me|for the form|then|now|exactly"
    r"|roughly|i wonder|is that|is it|be|what's that|,[^\d]{0,60}"
    r"|my .{0,40}|our .{0,40}|i'm .{0,40})?[\s.?!]*"
)


def _other_scale(text: str) -> Call | None:
    """Such as "The sign says 68 Fahrenheit. What's that?": the scale that was not said."""
    found = _quantity(text, unit("C"))
    if found is None or not re.search(
        r"[.,!?] *(?:what(?:'s| is) that|how (?:hot|cold|warm) is that)\W*$", text, re.I
    ):
        return None
    value, given, _ = found
    after = unit("C" if given.name == "F" else "F")
    return _call(value, given, after) if after else None


def _ends(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Every place where a target may stand, the last first."""
    found, at = list[re.Match[str]](), 0
    while match := pattern.search(text, at):
        found.append(match)
        at = match.start() + 1
    return found[::-1]


def _quantity(text: str, like: Unit | None) -> tuple[Fraction, Unit, str] | None:
    """The last quantity of a text that measures the same thing, and the words before it."""
    best: tuple[Fraction, Unit, str] | None = None
    for found in _QUANTITY.finditer(text):
        given = unit(found["unit"])
        if found["unit"].lower() == "in" and re.match(r"\s+[a-z]", text[found.end("unit") :], re.I):
            continue
        if given is None or (like and given.kind != like.kind):
            continue
        value = _number(found["value"])
        small = unit(found["small"]) if found["small"] else None
        if small and small.kind == given.kind and small.factor < given.factor:
            value += converted(Fraction(found["more"]), small, given) or 0
        if best and best[1].kind == given.kind and (sum_ := _SUM.search(text[: found.start()])):
            before = converted(best[0], best[1], given) or Fraction(0)
            value = before - value if sum_["minus"] else before + value
        best = (value, given, text[: found.start()])
    return best


def _degrees(text: str, after: Unit) -> tuple[Fraction, Unit, str] | None:
    """A bare number, where a temperature is asked for: it is the other scale."""
    if after.name not in ("C", "F") or _QUANTITY.search(text):
        return None
    numbers = list(_BARE.finditer(text))
    given = unit("F" if after.name == "C" else "C")
    if len(numbers) != 1 or given is None:
        return None
    return _number(numbers[0]["value"]), given, text[: numbers[0].start()]


def _again(text: str, said: Said) -> Call | None:
    """Goes on from the last conversion: "and in Fahrenheit?", "what about 15 kilos?"."""
    last = said.last
    if last is None or last.code != "converted":
        return None
    before, to = unit(str(last.arguments["from"])), unit(str(last.arguments["to"]))
    lead = (
        r"\W*(?:and|so|ok|okay|那|那么)?\W*(?:what about|how about"
        r"|what's that|what is that|that)?\s*"
    )
    if found := re.fullmatch(
        rf"{lead}(?:in|into|to|是|换成)?\s*(?:多少)?(?P<unit>{SPOKEN})(?:呢)?\W*", text, re.I
    ):
        after = unit(found["unit"])
        if before and after and after.kind == before.kind:
            return _call(Fraction(str(last.arguments["value"])), before, after)
    quantity = _quantity(text, to)
    if quantity and to and re.match(r"\W*(?:and|what about|how about|那|so)", text, re.I):
        value, given, left = quantity
        if re.fullmatch(lead, left, re.I) and given.name != to.name:
            return _call(value, given, to)
    return None


def _number(written: str) -> Fraction:
    sign_ = -1 if re.match(r"-|minus|零下", written) else 1
    top, _, bottom = re.sub(r"^(?:-|minus |零下)", "", written).partition("/")
    return sign_ * Fraction(top) / Fraction(int(bottom) if bottom and int(bottom) else 1)


def _call(value: Fraction, before: Unit, after: Unit) -> Call:
    number = float(value)
    return Call(
        "convert",
        {
            "value": int(value) if value.denominator == 1 else number,
            "from": before.name,
            "to": after.name,
        },
    )


def run_tool(call: Call, box: Toolbox) -> Result:
    """The value in the other unit; units that do not fit or are unknown are told."""
    written = {name: str(call.arguments.get(name, "")) for name in ("value", "from", "to")}
    before, after = unit(written["from"]), unit(written["to"])
    if before is None or after is None:
        missing = written["from"] if before is None else written["to"]
        return Result("convert", "unit_unknown", {"unit": missing})
    try:
        value = Fraction(written["value"])
    except (ValueError, ZeroDivisionError):
        return Result("convert", "sum_unclear", {"expression": written["value"]})
    found = converted(value, before, after)
    if found is None:
        return Result("convert", "units_differ", {"from": sign(before), "to": sign(after)})
    if before.kind == "temperature" and value + before.offset < 0:
        return Result("convert", "too_cold", {})
    result, exact = shown(found, 2 if abs(found) >= 1 else 5)
    told: dict[str, Value] = {
        "value": written["value"],
        "shown": shown(value)[0],
        "from": before.name,
        "to": after.name,
        "from_sign": sign(before),
        "to_sign": sign(after),
        "result": result,
        "exact": exact,
    }
    return Result("convert", "converted", told, value=str(found))


ABILITY = Ability(
    Tool(
        "convert",
        "another unit: m ft kg lb l cup C F km/h mph m2 ...",
        (Parameter("value", "number"), Parameter("from"), Parameter("to")),
    ),
    quick,
    run_tool,
    order=40,
)
