"""Orders that stood in what was shown or read: quoted to the user, and not obeyed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.codes import AgentCode
from perception.messages import Notice, notice
from perception.types import Evidence
from safety.guard import Guard
from safety.rules.injection import strip_control

_MOST = 3
_LONGEST = 80
_MARKS = str.maketrans('“”„"`<>[]*_#|', "'" * 5 + " " * 8)


def planted_orders(guard: Guard, evidence: Sequence[Evidence]) -> list[Notice]:
    """One note for each order that something shown gives, the first few of them."""
    shown = [text for item in evidence if item.kind != "heard" for text in _texts(item)]
    orders = dict.fromkeys(quoted(order) for text in shown for order in guard.orders(text))
    return [notice(AgentCode.ORDER_IN_DATA, order=order) for order in [*orders][:_MOST] if order]


def _texts(item: Evidence) -> tuple[str, ...]:
    """What was read, and the name of its file."""
    return (item.where.source, item.text) if item.kind == "document" else (item.text,)


def quoted(order: str) -> str:
    """An order as one short line in which no sign means anything."""
    line = re.sub(r"\s+", " ", strip_control(order, ()).translate(_MARKS)).strip()
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
