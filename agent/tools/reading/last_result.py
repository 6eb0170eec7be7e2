"""The last result, as words mean it: "that", "it", "结果"."""

from __future__ import annotations

from agent.tools.types import Result

LAST = (
    r"(?:\b(?:that|it|this|the (?:result|answer|total|sum|last one|product|number))\b"
    r"(?! (?:amount|same))|这个(?:数|结果)?|那个(?:数|结果)?|结果|它|刚才的(?:数|结果)?)"
)


def last_value(last: Result | None) -> str:
    """The last exact result, as it stands in an expression."""
    if last is None or last.tool not in ("calculate", "convert") or not last.value:
        return ""
    return f"({last.value})" if "/" in last.value or last.value.startswith("-") else last.value
