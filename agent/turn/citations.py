"""Marks like [1] that point to nothing are taken out of an answer before anybody meets them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(
    r"(?P<before>^|[\s.,;:!?)\"'”’*。，；：！？）」]|[\u3400-\u9fff])?"
    r"\[(?P<ids>\d{1,3}(?:\s*,\s*\d{1,3})*)\]"
)


class Citations:
    """Takes the pieces of one answer; code, where `[1]` means something else, stays as it is."""

    def __init__(self, known: Iterable[int]) -> None:
        self._known = frozenset(known)
        self._fenced = False

    @property
    def fenced(self) -> bool:
        """Whether the text so far ends within code."""
        return self._fenced

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


_ANY_MARK = re.compile(r"\[\d{1,3}(?:\s*,\s*\d{1,3})*\]")
_SENTENCE = re.compile(
    r"^(?!\s*(?:#|\||`{3}|~{3}|>))(?P<words>.*\w.*?)(?P<end>[.!。！]+[*\"”」]*)?(?P<gap>\s*)$", re.S
)
_MOST_MARKS = 3


def with_marks(piece: str, sentence: str, ids: Sequence[int]) -> str:
    """The end of a sentence with the marks of its evidence, unless the sentence has marks.

    A heading, a row of a table, code, a question and what rests on too much stay as they are.
    """
    if not 0 < len(ids) <= _MOST_MARKS or _ANY_MARK.search(sentence):
        return piece
    found = _SENTENCE.match(piece)
    if found is None or found["words"].rstrip()[-1:] in "?？:：,;`|":
        return piece
    marks = "".join(f"[{number}]" for number in ids)
    return f"{found['words'].rstrip()} {marks}{found['end'] or ''}{found['gap']}"
