"""The partial utterance: its sound and pauses so far, and its partial transcript."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import numpy as np

from perception.audio.ipc.messages import SpeechBlock
from perception.types import Samples, Transcript, Utterance

_SAME_START = 0.3
_SAME_END = 0.35
_SURE = 0.7
_NEAR = 0.05
_TAIL = 0.05
_QUIET = 0.1
_LONG = 12.0
_SENTENCE_ENDS = (".", "?", "!", "。", "？", "！")


@dataclass(slots=True)
class PartialUtterance:
    """`at` is when its sound begins, `paused` when the voice last ended (None: it goes on).

    `newest` is what was understood of it up to `until`, `final` that of all that was said before
    the pause, known since `final_at`. `continues` names the turn whose sound it begins with.

    What is long is not heard from its beginning each time: `settled` is what was understood up to
    `settled_seconds`, a pause after a whole sentence.
    """

    turn: str
    rate: int
    at: float
    continues: str = ""
    chunks: list[Samples] = field(default_factory=list)
    seconds: float = 0.0
    heard_seconds: float = 0.0
    paused: float | None = None
    newest: Transcript | None = None
    until: float = 0.0
    final: Transcript | None = None
    final_at: float = 0.0
    failed: bool = False
    loudest: float = 0.0
    quiet: bool = False
    """Whether the newest sound is: perhaps a pause begins."""
    settled: Transcript | None = None
    settled_seconds: float = 0.0

    def add(self, voice: SpeechBlock) -> None:
        """More sound."""
        self.chunks.append(voice.samples)
        self.seconds += len(voice.samples) / voice.rate
        tail = voice.samples[-max(1, round(_TAIL * voice.rate)) :]
        loud = float(np.sqrt(np.mean(np.square(tail)))) if tail.size else 0.0
        self.loudest = max(self.loudest, loud)
        self.quiet = loud < _QUIET * self.loudest

    @property
    def text(self) -> str:
        """The words so far."""
        return self.newest.text if self.newest else ""

    def pause(self, at: float) -> None:
        """The voice ended. A quick look that held its end is as good as one begun now."""
        self.paused, self.final, self.failed = at, None, False
        if self.newest and self.until >= at - _NEAR and self.newest.confidence >= _SURE:
            self._finish(self.newest)

    def hears(self, heard: Transcript, until: float, paused: float | None) -> None:
        """`heard` was understood of the sound up to `until`, asked for at the pause `paused`."""
        self.newest, self.until = heard, until
        if self.paused is not None and paused != self.paused:
            self.pause(self.paused)
        elif self.paused is not None:
            self._finish(heard)

    def _finish(self, heard: Transcript) -> None:
        self.final, self.final_at = heard, time.monotonic()

    def resume(self) -> None:
        """The voice goes on."""
        if self.final is not None and self.paused is not None:
            seconds = self.paused - self.at
            whole = self.final.text.endswith(_SENTENCE_ENDS) and self.final.confidence >= _SURE
            if whole and seconds - self.settled_seconds >= _LONG:
                self.settled, self.settled_seconds = self.final, seconds
        self.paused, self.final, self.failed = None, None, False

    def unsettled(self) -> tuple[Utterance, str]:
        """The sound that is still to be understood, and what was understood of it."""
        samples = np.concatenate(self.chunks)
        self.chunks = [samples]
        samples = samples[round(self.settled_seconds * self.rate) :]
        at = self.at + self.settled_seconds
        # A name of its own for each beginning: hearing remembers what it found there.
        name = f"{self.turn}+{self.settled_seconds:.2f}" if self.settled else self.turn
        known = self.text.removeprefix(self.settled.text).strip() if self.settled else self.text
        return Utterance(name, samples, self.rate, at, self.at + self.seconds), known

    def joined(self, heard: Transcript) -> Transcript:
        """`heard`, of the unsettled sound, with what was settled before it."""
        before, by = self.settled, self.settled_seconds
        if before is None:
            return heard
        if not heard.text:
            return before
        words = (replace(w, start=w.start + by, end=w.end + by) for w in heard.words)
        text = f"{before.text} {heard.text}"
        if not text.isascii() and before.text[-1] in "。？！":
            text = before.text + heard.text
        sure = min(before.confidence, heard.confidence)
        return replace(heard, text=text, confidence=sure, words=(*before.words, *words))

    def covers(self, whole: Utterance) -> bool:
        """Whether nothing was said in `whole` that was not there at the last pause."""
        return (
            self.paused is not None
            and not self.failed
            and abs(whole.at - self.at) <= _SAME_START
            and whole.ended <= self.paused + _SAME_END
        )
