"""Streaming transcription in a thread, `listen`: partial transcripts, a final one at a pause.

It says what the conversation may do meanwhile (`wish`): hearing and dialogue share the cores, so
the dialogue model rests while something is heard.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from agent.events import PartialTranscript
from agent.speech.partial import PartialUtterance
from agent.threads import Broken, not_told, start
from perception.audio.ipc.messages import (
    RecognisedWords,
    SpeechBlock,
    SpeechPaused,
    SpeechResumed,
    TurnCancelled,
)
from perception.hearing import Hearing, Hints
from perception.types import Transcript, Utterance

_log = logging.getLogger("candor.speech")
_FIRST_SECONDS = 0.6
_NEXT_SECONDS = 0.4
_LONGEST_READING = 1.0
_PAUSE_COMES = 0.2
_REST = 1.5
"""A hearing may take the cores for at most two fifths of the time."""


@dataclass(frozen=True, slots=True)
class WarmPrompt:
    """Speculative work: nobody speaks, so prefill the beginning of the next prompt."""


@dataclass(frozen=True, slots=True)
class PauseWork:
    """No speculative work: leave the cores to transcription."""


@dataclass(frozen=True, slots=True)
class PrefillWords:
    """Speculative work: prefill the prompt as far as these words; more of them may come."""

    turn: str
    words: str
    continues: str


@dataclass(frozen=True, slots=True)
class WriteResponse:
    """Speculative work: write the response to what was heard before the voice ended at `at`."""

    turn: str
    heard: Transcript
    heard_at: float
    at: float
    continues: str


Wish: TypeAlias = WarmPrompt | PauseWork | PrefillWords | WriteResponse
_WARM, _REST_NOW = WarmPrompt(), PauseWork()


class StreamingTranscription:
    """Streaming transcription. `tell` is given the words so far; `changed` tells of new work."""

    def __init__(
        self,
        hearing: Callable[[], Hearing],
        hints: Callable[[], Hints],
        tell: Callable[[PartialTranscript | RecognisedWords], None],
        changed: Callable[[], None],
        broken: Broken = not_told,
    ) -> None:
        self._hearing, self._hints, self._tell, self._changed = hearing, hints, tell, changed
        self._state = threading.Condition()
        self._engine = threading.Lock()
        self._said: PartialUtterance | None = None
        self._last: tuple[str, float] = ("", 0.0)
        self._wish: Wish = _WARM
        self._reading = False
        self._cost = 0.0
        self._closing = False
        self._thread = start("listen", self._run, broken)

    @property
    def wish(self) -> Wish:
        """What the conversation may do now."""
        return self._wish

    def handle_message(
        self, message: SpeechBlock | SpeechPaused | SpeechResumed | TurnCancelled
    ) -> None:
        """What ears say of the voice; never blocks."""
        with self._state:
            said = self._said if self._said and self._said.turn == message.turn else None
            match message:
                case SpeechBlock():
                    said = said or self._begin(message)
                    said.add(message)
                    if said.quiet and isinstance(self._wish, PrefillWords):
                        self._wishes(_REST_NOW)  # a pause comes, and with it a hearing
                case SpeechPaused(_, at) if said:
                    said.pause(at)
                    self._wishes(self._next_wish(said))
                case SpeechResumed() if said:
                    said.resume()
                    self._wishes(_REST_NOW)
                case TurnCancelled() if said:
                    self._end(said)
            self._state.notify_all()

    def final(self, whole: Utterance) -> tuple[Transcript | None, float]:
        """What was said in the end, and when that was known. Raises what the recogniser raises.

        Where it was heard while it was said, that is it.
        """
        with self._state:
            said = self._said if self._said and self._said.turn == whole.turn else None
            before = said.text if said else ""
            while said and said.covers(whole) and said.final is None and not self._closing:
                self._state.wait()
            self._last = (whole.turn, whole.ended)
            if said:
                self._end(said)
                if said.covers(whole) and said.final is not None:
                    return said.final, said.final_at
        heard = self._hear(whole, replace(self._hints(), before=before))
        return heard, time.monotonic()

    def read(self) -> None:
        """The conversation has done what was wished."""
        with self._state:
            self._reading = False
            self._state.notify_all()

    def give_up(self) -> None:
        """Let nobody wait for this thread any longer."""
        with self._state:
            self._closing = True
            self._state.notify_all()

    def close(self) -> None:
        """End the thread."""
        self.give_up()
        self._thread.join(5)

    def _begin(self, voice: SpeechBlock) -> PartialUtterance:
        if self._said:
            self._end(self._said)
        turn, ended = self._last
        continues = turn if voice.at < ended else ""
        self._said = PartialUtterance(voice.turn, voice.rate, voice.at, continues)
        return self._said

    def _end(self, said: PartialUtterance) -> None:
        self._said = None
        self._wishes(_WARM)
        if said.text:
            self._tell(PartialTranscript(said.turn, ""))

    def _wishes(self, wish: Wish) -> None:
        self._wish, self._reading = wish, isinstance(wish, PrefillWords)
        self._changed()

    def _run(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._closing or self._due())
                if self._closing or self._said is None:
                    return
                said, paused = self._said, self._said.paused
                utterance, text = said.unsettled()
                said.heard_seconds = said.seconds
                self._wishes(_REST_NOW)
            heard = None
            began = time.monotonic()
            try:
                hints = replace(self._hints(), before=text, quick=paused is None)
                heard = self._hear(utterance, hints)
            except Exception:
                # The turn itself tries again, and tells.
                _log.exception("hearing the words so far failed")
            self._cost = time.monotonic() - began
            self._heard(said, paused, heard, utterance.ended)

    def _due(self) -> bool:
        """Whether it is worth while to listen (again)."""
        said = self._said
        if said is None:
            return False
        if said.paused is not None:
            return said.final is None and not said.failed
        new = said.seconds - said.heard_seconds
        if not said.heard_seconds:
            return new >= _FIRST_SECONDS
        # In a pause that begins, the hearing that is due is the one of the pause.
        least = max(_NEXT_SECONDS, _REST * self._cost) + (_PAUSE_COMES if said.quiet else 0.0)
        return new >= (_LONGEST_READING if self._reading else least)

    def _hear(self, utterance: Utterance, hints: Hints) -> Transcript | None:
        with self._engine:
            return next(iter(deque(self._hearing().hear(utterance, hints), maxlen=1)), None)

    def _heard(
        self, said: PartialUtterance, paused: float | None, heard: Transcript | None, until: float
    ) -> None:
        with self._state:
            if said is not self._said:
                return
            if heard is None:
                said.failed = paused is not None and said.paused == paused
                said.heard_seconds = math.inf
                self._wishes(_WARM)
                self._state.notify_all()
                return
            heard = said.joined(heard)
            said.hears(heard, until, paused)
            self._wishes(self._next_wish(said))
            self._state.notify_all()
        self._tell(RecognisedWords(said.turn, heard.text, until))
        self._tell(PartialTranscript(said.turn, heard.text))

    def _next_wish(self, said: PartialUtterance) -> Wish:
        if said.final is not None and said.paused is not None:
            if not said.final.text:
                return _WARM
            return WriteResponse(said.turn, said.final, said.final_at, said.paused, said.continues)
        if said.paused is not None or said.quiet or not said.text:
            return _REST_NOW
        certain = _certain(said.text)
        return PrefillWords(said.turn, certain, said.continues) if certain else _REST_NOW


def _certain(text: str) -> str:
    """The words without the last: while it is still being said, that one often changes."""
    before, _, _ = text.rstrip().rpartition(" ")
    return before.rstrip(".,;:!?…")
