"""A bill with a tip, split or not, as an expression."""

from __future__ import annotations

import re

from agent.tools.types import Result

_PAY = (
    r"how much|what do|what does|each|per (?:person|head)"
    r"|a head|split|total|what(?:'s| is)|多少|平均|各付|人均"
    r"|每人"
)


def bill(text: str, last: Result | None) -> str | None:
    """A bill with a tip, split or not."""
    return (_bill_again(text, last) if last else None) or _new_bill(text)


def _new_bill(text: str) -> str | None:
    people = re.search(
        r"\bwe(?:'re| are) (\d+)\b|\b(\d+) (?:of us|ways?|people|persons|friends|guests)\b"
        r"|\b(?:between|among|by) (?:the )?(\d+)\b(?: of us)?"
        r"|(\d+) ?个?人(?:分|平分|AA|一起|聚餐|吃饭)?|分给(\d+)",
        text,
        re.IGNORECASE,
    )
    tip = re.search(
        r"(\d+(?:\.\d+)?) ?%(?: of a)? ?(?:tip|gratuity|service(?: charge)?|的?小费|的?服务费)"
        r"|(?:tip|gratuity|service charge|小费|服务费)(?: of|是"
        r"|加|给)?(?: on \d+(?:\.\d+)? at)? ?(\d+(?:\.\d+)?) ?%",
        text,
        re.IGNORECASE,
    )
    if not (people or tip) or not re.search(_PAY, text, re.IGNORECASE):
        return None
    if not tip and not re.search(
        r"split|share the (?:bill|cost)|bill|divide|平分|平摊|AA|均摊|人均|每人|各付|聚餐",
        text,
        re.IGNORECASE,
    ):
        return None
    rest = text
    for found in (people, tip):
        if found:
            kept = re.search(r" on (\d+(?:\.\d+)?) at", found[0])
            rest = rest.replace(found[0], f" {kept[1]} " if kept else " ", 1)
    numbers = re.findall(r"(?<![\d.])\d+(?:\.\d+)?(?![\d%])", rest)
    if len(numbers) != 1 or "%" in rest:
        return None
    amount = numbers[0]
    if tip:
        share = tip[1] or tip[2]
        asks_tip = re.search(
            r"\btip on \d|how (?:much|big) (?:is|should|would)? ?(?:the"
            r"|a|i)? ?tip|what(?:'s| is) (?:the |a )?"
            r"(?:\d+(?:\.\d+)?% )?tip\b|小费(?:是|给|要)?多少",
            text,
            re.IGNORECASE,
        )
        if asks_tip and not people:
            return f"{share}%*{amount}"
        amount = f"({amount}+{share}%)" if people else f"{amount}+{share}%"
    if people:
        return f"{amount}/{next(filter(None, people.groups()))}"
    return str(amount)


def _bill_again(text: str, last: Result) -> str | None:
    made = re.match(
        r"\(?([\d.]+)\+([\d.]+)%\)?(?:/(\d+))?$", str(last.arguments.get("expression", ""))
    )
    if made is None:
        return None
    if re.search(
        r"(?:how much|what)\b.*\b(?:tip|gratuity)|小费(?:是|一共|总共)?多少", text, re.IGNORECASE
    ) and not re.search(r"\d", text):
        return f"{made[2]}%*{made[1]}"
    if re.search(
        r"(?:what|how much).*\b(?:total|altogether|whole bill"
        r"|all together)\b|(?:一共|总共)(?:是)?多少",
        text,
        re.I,
    ) and not re.search(r"\d", text):
        return f"{made[1]}+{made[2]}%"
    return None
