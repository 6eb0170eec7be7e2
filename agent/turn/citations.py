"""Marks like [1] that point to nothing are taken out of an answer before anybody meets them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKS = re.compile(
    r"(?P<before>^|[\s.,;:!?)\"'”’*。，；：！？）」]|[\u3400-\u9fff])?"
    r"\[(?P<ids>\d{1,3}(?:\s*,\s*\d{1,3})*)\]"
)


class Citations:
    """Takes the pieces of one answer; code, where `[1]` means something else, stays as it is."""

    def __init__(self, known: Iterable[int]) -> None:
        self._known = frozenset(known)
        self._fenced = False

    def kept(self, text: str) -> str:
        """`text` with only those marks whose evidence there is."""
        parts = re.split("(`+)", text)
        inline = False
        for place, part in enumerate(parts):
            if place % 2 == 0:
                parts[place] = part if self._fenced or inline else self._cleared(part)
            elif len(part) >= 3:
                self._fenced = not self._fenced
            else:
                inline = not inline
        return "".join(parts)

    def _cleared(self, text: str) -> str:
        cleared = _MARKS.sub(self._mark, text)
        return text if cleared == text else cleared

    def _mark(self, found: re.Match[str]) -> str:
        before = found["before"]
        if before is None:  # as in list[1]
            return found[0]
        ids = [id for id in re.split(r"\s*,\s*", found["ids"]) if int(id) in self._known]
        if ids:
            return f"{before}[{', '.join(ids)}]"
        return "" if before in " \t" else before
