"""Long sound cut into pieces that Whisper can take, at pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perception.audio.vad import Stretch

LONGEST = 29.0


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the sound in seconds, and how much of it is voice."""

    start: float
    end: float
    voiced: float


def windows(
    stretches: Sequence[Stretch], comfortable: float = 14.0, gap: float = 2.0
) -> Iterator[Window]:
    """Group voiced stretches into windows of at most 29 s.

    A window ends at the first pause after `comfortable` seconds, or at a silence longer than
    `gap`. A stretch that never pauses is cut hard.
    """
    open_: Window | None = None
    for stretch in stretches:
        for piece in _pieces(stretch):
            if open_ and (
                piece.end - open_.start > LONGEST
                or open_.end - open_.start > comfortable
                or piece.start - open_.end > gap
            ):
                yield open_
                open_ = None
            if open_ is None:
                open_ = piece
            else:
                open_ = Window(open_.start, piece.end, open_.voiced + piece.voiced)
    if open_:
        yield open_


def _pieces(stretch: Stretch) -> Iterator[Window]:
    length = stretch.end - stretch.start
    count = max(1, int(-(-length // LONGEST)))
    for number in range(count):
        start = stretch.start + length * number / count
        yield Window(start, start + length / count, stretch.voiced / count)
