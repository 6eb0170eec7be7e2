"""Counts, places and doubt in plain English, for a prompt and for a screen reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from perception.types import Box

_IRREGULAR = {
    "person": "people",
    "bus": "buses",
    "computer mouse": "computer mice",
    "cattle": "cattle",
    "footwear": "pieces of footwear",
    "high heels": "pairs of high heels",
    "box": "boxes",
    "bench": "benches",
}
_SINGLE = {"footwear": "piece of footwear", "high heels": "pair of high heels"}
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_SMALL = 0.45
_SURE, _LIKELY = 0.75, 0.55


def counted(label: str, number: int) -> str:
    """`1 cup`, `2 cups`."""
    if number == 1:
        return f"1 {_SINGLE.get(label, label)}"
    return f"{number} {_IRREGULAR.get(label, label + 's')}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def place(box: Box) -> str:
    """Where a box lies: `left`, `middle`, `top right`; what fills the picture has no height."""
    across, down = box.left + box.width / 2, box.top + box.height / 2
    side = "left" if across < 1 / 3 else "right" if across > 2 / 3 else "middle"
    if box.height > _SMALL or 1 / 3 <= down <= 2 / 3:
        return side
    return f"{'top' if down < 1 / 3 else 'bottom'} {side}"


class Certainty(StrEnum):
    """How sure something is: the one scale, for the model and for the person."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


def certainty(confidence: float) -> Certainty:
    """Where a confidence, 0 to 1, lies on the scale."""
    if confidence >= _SURE:
        return Certainty.SURE
    return Certainty.LIKELY if confidence >= _LIKELY else Certainty.UNSURE


_DOUBT = {Certainty.SURE: "", Certainty.LIKELY: ", probably", Certainty.UNSURE: ", maybe"}


def sureness(confidence: float) -> str:
    """Doubt in words, to be put behind what is doubted."""
    return _DOUBT[certainty(confidence)]


def tokens(text: str) -> float:
    """About how many tokens of a language model a text is; rather too many than too few."""
    wide = len(_WIDE.findall(text))
    return 1 + wide + (len(text) - wide) / 3.5
