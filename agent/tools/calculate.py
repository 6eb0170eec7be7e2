"""The calculator: a sum is computed, never guessed."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.arithmetic import CannotCalculate, evaluate, shown
from agent.tools.reading.sums import expression
from agent.tools.types import Call, Parameter, Result, Tool, Value

_LONG = 1000
_CURRENCY = re.compile(
    r"[€$£¥￥]|元|块|euros?\b|dollars?\b|pounds?\b|bill|tip|vat\b|price|cost|pay\b|小费|聚餐", re.I
)


def quick(said: Said) -> Call | None:
    """Such as "What's 3,478 times 59?", "Now divide that by 7", "打七五折以后再减60元"."""
    if len(said.words) > _LONG:
        digits = re.fullmatch(r"[^\d]{0,60}[\d\s.,+*/^()-]+[^\d]{0,20}", said.words)
        return Call("calculate", {"expression": said.words[:60] + "…"}) if digits else None
    found = expression(said.words, said.last)
    if found is None:
        return None
    if _CURRENCY.search(said.words):
        return Call("calculate", {"expression": found, "money": True})
    return Call("calculate", {"expression": found})


def run_tool(call: Call, box: Toolbox) -> Result:
    """The exact result; what cannot be computed says why."""
    written = str(call.arguments.get("expression", ""))
    try:
        value = evaluate(written)
    except CannotCalculate as failure:
        code = "too_long" if len(written) > 1000 or written.endswith("…") else failure.code
        return Result("calculate", f"sum_{code}", {"expression": written})
    money = bool(call.arguments.get("money"))
    text, exact = shown(value, 2 if money and (value * 100).denominator != 1 else 4)
    if money and re.fullmatch(r"[\d,]+\.\d", text):
        text += "0"
    told: dict[str, Value] = {"expression": written, "result": text, "exact": exact}
    return Result("calculate", "sum", told, value=str(value))


ABILITY = Ability(
    Tool(
        "calculate",
        "compute exactly: + - * / ^ %, sqrt(), round(x, places), mean(a, b)",
        (Parameter("expression"),),
    ),
    quick,
    run_tool,
    order=45,
)
