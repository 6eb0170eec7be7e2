"""Sums with a second question behind them: "15% of 84, and how much does that leave?"."""

from __future__ import annotations

import re

_LEFT = re.compile(
    r"[,;]?\s+and\s+(?:(?:how much|what)\s+(?:would|does|will|do|is|remains|stays)?\s*"
    r"(?:that |it |this |i |we |still )*(?:leave|left|remain|remains|have left|pay|the rest)\b"
    r"|(?:what(?:'s| is) )?(?:the )?(?:rest|remainder|new price)\b).{0,30}$",
    re.I,
)
_TOTAL = re.compile(
    r"[,;]?\s+and\s+(?:(?:what|how much)(?:'s| is| would| does| will)?\s+)?"
    r"(?:it |that |this )?(?:be )?(?:the |in )?(?:total|sum|all together|altogether)\b.{0,20}$",
    re.I,
)
_SHARE = re.compile(r"^(?P<share>\d+(?:\.\d+)?%)\*(?P<whole>\d+(?:\.\d+)?)$")


def first_part(words: str) -> tuple[str, str]:
    """The first question, and the sign of the second one: `-` what is left, `+` the total.

    Both are empty where there is no second question.
    """
    for pattern, sign in ((_LEFT, "-"), (_TOTAL, "+")):
        if found := pattern.search(words):
            return words[: found.start()], sign
    return "", ""


def second_sum(expression: str, sign: str) -> str:
    """What the second question asks of a share of a whole; empty where there is no share."""
    found = _SHARE.match(expression)
    return f"{found['whole']}{sign}{found['share']}" if found else ""
