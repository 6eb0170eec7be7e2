"""The playback timeline: when each sound that the device has taken leaves the speaker."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlayedPortion:
    """A portion of a sentence that has left the speaker at `at`; it is `length` seconds long.

    `seconds` is how much of the sentence is over then.
    """

    at: float
    turn: str
    sentence: int
    seconds: float
    length: float


class PlaybackTimeline:
    """The playback timeline: portions under way, in order. One thread adds, another may take."""

    def __init__(self) -> None:
        self._due: deque[PlayedPortion] = deque()

    def __bool__(self) -> bool:
        return bool(self._due)

    def add(self, due: PlayedPortion) -> None:
        """The device took this portion."""
        self._due.append(due)

    def clear(self) -> None:
        """Nothing of it will be heard."""
        self._due.clear()

    def turns(self) -> set[str]:
        """The turns of which something is under way."""
        return {due.turn for due in tuple(self._due)}  # `add` appends meanwhile

    def heard(self, now: float) -> list[PlayedPortion]:
        """Take out what has left the speaker."""
        gone = []
        while self._due and self._due[0].at <= now:
            gone.append(self._due.popleft())
        return gone

    def take_back(self, cut: float) -> list[PlayedPortion]:
        """Take out what would have sounded after `cut`; the newest first, the last one split.

        Each says where its sentence stands now: `seconds` are those that sound before `cut`.
        """
        back = []
        while self._due and self._due[-1].at > cut:
            due = self._due.pop()
            begun = due.seconds - due.length
            kept = max(0.0, cut - (due.at - due.length))
            back.append(PlayedPortion(cut, due.turn, due.sentence, begun + kept, kept))
            if kept > 0:
                self._due.append(back[-1])
                break
        return back
