"""Speech output: speaks moderated sentences in a thread and knows how much was heard."""

from __future__ import annotations

import logging
import queue
import re
import threading
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from agent.codes import AgentCode
from agent.events import AssistantState, Caption, Failed
from agent.threads import Broken, not_told, start
from agent.types import Phase
from agent.voice import NORMALLY, Prosody, Voice
from agent.voice.text.normalise import spoken
from agent.voice.text.notice import NOTHING_TO_SAY, notice
from perception.audio.ipc.messages import Played
from perception.messages import plain
from perception.types import Samples, UserError

_log = logging.getLogger("candor.speech")
_HEARD_TOLERANCE_S = 0.02
_SILENT = 1e-4
_SENTENCE_END = re.compile(r"(?:[.!?…。！？；]|```)[\s\"'”’)\]*_»`]*$|\n\s*$")


class Sink(Protocol):
    """Where sound goes: the ears' ring, or a file."""

    def play(self, turn: str, sentence: int, samples: Samples, rate: int) -> None:
        """Append sound of one sentence."""
        ...

    def finish(self, turn: str) -> None:
        """The turn has no more sound; answered by a finished `Played`."""
        ...

    def flush(self, turn: str = "") -> None:
        """Silence at once; what still comes of `turn` is dropped."""
        ...


@dataclass(slots=True)
class _Line:
    """`made` and `played` are seconds of sound, without the rest after the last word."""

    text: str
    ends: bool
    made: float = 0.0
    played: float = 0.0
    complete: bool = False


@dataclass(slots=True)
class _Speech:
    turn: str
    lines: dict[int, _Line] = field(default_factory=dict)
    stopped: bool = False
    failed: bool = False
    in_code: bool = False
    noticed: bool = False
    """Whether it was said that a part of the answer cannot be spoken."""
    said: str = ""
    """What was spoken of a sentence that goes on."""
    first_sound: float = 0.0
    finished: threading.Event = field(default_factory=threading.Event)


class SpeechOutput:
    """Speech output, one speech at a time: commands from the conversation, reports from ears."""

    def __init__(
        self,
        voice: Callable[[], Voice],
        sink: Sink,
        emit: Callable[[Caption | Failed | AssistantState], None],
        manner: Callable[[], Prosody] = lambda: NORMALLY,
        broken: Broken = not_told,
    ) -> None:
        """`manner` is asked before each piece: a new rate counts from the next one on."""
        self._voice, self._sink, self._emit, self._manner = voice, sink, emit, manner
        self._speech = _Speech("")
        self._speech.finished.set()
        self._queue: queue.SimpleQueue[tuple[_Speech, int, str] | _Speech | None] = (
            queue.SimpleQueue()
        )
        self._thread = start("speak", self._run, broken)

    def begin(self, turn: str) -> None:
        """Start the speech of a turn."""
        self._speech = _Speech(turn)

    def say(self, index: int, text: str, last: bool = False) -> None:
        """Speak the next segment.

        One that ends in the middle of a sentence sounds like it, unless it is the `last`.
        """
        speech = self._speech
        speech.lines[index] = _Line(text, last or bool(_SENTENCE_END.search(text)))
        self._queue.put((speech, index, text))

    def finish(self) -> None:
        """There are no more sentences."""
        self._queue.put(self._speech)

    def stop(self, turn: str) -> None:
        """Silence at once, if it is this turn that speaks; what was not heard is forgotten."""
        speech = self._speech
        if speech.turn != turn:
            return
        speech.stopped = True
        self._sink.flush(speech.turn)
        speech.finished.set()

    def wait(self) -> bool:
        """Until the speech ended; False where it was cut before its end."""
        self._speech.finished.wait()
        return not self._speech.stopped

    def first_sound(self) -> float:
        """The monotonic time at which sound of this turn was first handed over, or 0."""
        return self._speech.first_sound

    def heard(self) -> str:
        """The text as far as the voice came; what cannot be spoken counts once it was reached."""
        speech = self._speech
        whole = speech.finished.is_set() and not speech.stopped
        reached = max((i for i, line in speech.lines.items() if line.played > 0.0), default=-1)
        text = ""
        for index, line in sorted(speech.lines.items()):
            if not (whole or index < reached or _is_heard(line)):
                return text + _heard_part(line)
            text += line.text
        return text

    def played(self, report: Played) -> None:
        """The ears tell how much of a sentence has left the speaker."""
        speech = self._speech
        if report.turn != speech.turn:
            return
        line = speech.lines.get(report.sentence)
        if line is not None:
            if line.played == 0.0 and report.seconds > 0.0:
                self._emit(Caption(speech.turn, report.sentence, line.text))
            line.played = max(line.played, report.seconds)
        if report.finished:
            speech.stopped = speech.stopped or report.cut
            self._emit(Caption(speech.turn, report.sentence, ""))
            speech.finished.set()

    def close(self) -> None:
        """End the thread."""
        if not self._speech.finished.is_set():
            self.stop(self._speech.turn)
        self._queue.put(None)
        self._thread.join(5)

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            try:
                if isinstance(item, _Speech):
                    self._end(item)
                else:
                    self._speak(*item)
            except UserError as error:
                self._fail(item, error)
            except Exception:
                _log.exception("speaking failed")
                self._fail(item, UserError(AgentCode.VOICE_FAILED))

    def _fail(self, item: tuple[_Speech, int, str] | _Speech, error: UserError) -> None:
        # The rest stays silent, but what plays already is heard out before the turn ends.
        speech = item if isinstance(item, _Speech) else item[0]
        speech.failed = True
        self._emit(Failed(speech.turn, error.notice))
        if item is speech:
            speech.finished.set()

    def _end(self, speech: _Speech) -> None:
        shown = [index for index, line in speech.lines.items() if line.text.strip()]
        if shown and not (speech.first_sound or speech.failed or speech.stopped):
            self._say_notice(speech, shown[-1], NOTHING_TO_SAY)
        if speech.stopped:
            return
        if speech.first_sound:
            self._sink.finish(speech.turn)
        else:
            speech.finished.set()

    def _speak(self, speech: _Speech, index: int, text: str) -> None:
        if speech.stopped or speech.failed:
            return
        line, skipped = speech.lines[index], speech.in_code
        if text.count("```") % 2:
            speech.in_code = not speech.in_code
        if skipped or not text.strip():
            line.complete = True
            return
        before, speech.said = speech.said, "" if line.ends else speech.said + text
        voice, made = self._voice(), 0.0
        if not voice.can_speak(before + text):
            self._say_notice(speech, index, notice(text, bool(speech.first_sound)))
            line.complete = True
            return
        for samples in voice.speak(text, before, line.ends, self._manner()):
            if speech.stopped:
                return
            line.made = max(line.made, made + _until_silence(samples) / voice.rate)
            made += len(samples) / voice.rate
            self._play(speech, index, samples, voice.rate)
        line.complete = True

    def _say_notice(self, speech: _Speech, index: int, words: str) -> None:
        """Say once in a speech why a line of it is only shown. It is no part of that line."""
        if not words or speech.noticed:
            return
        speech.noticed = True
        _log.info("a line is only shown: %s", words)
        self._emit(AssistantState(Phase.SPEAKING, speech.turn, plain(words)))
        voice = self._voice()
        for samples in voice.speak(words, how=self._manner()):
            if speech.stopped:
                return
            self._play(speech, index, samples, voice.rate)

    def _play(self, speech: _Speech, index: int, samples: Samples, rate: int) -> None:
        speech.first_sound = speech.first_sound or time.monotonic()
        self._sink.play(speech.turn, index, samples, rate)


def _until_silence(samples: Samples) -> int:
    loud = np.flatnonzero(np.abs(samples) > _SILENT)
    return int(loud[-1]) + 1 if loud.size else 0


def _is_heard(line: _Line) -> bool:
    return line.complete and line.played + _HEARD_TOLERANCE_S >= line.made


def _heard_part(line: _Line) -> str:
    """The words of a line, as shown, for which the voice has had the time.

    What is shown and what is said differ in length ("€1,234", "**"), so that what counts is how
    much there was to say up to each word.
    """
    if line.played <= 0.0 or line.made <= 0.0:
        return ""
    share = min(1.0, line.played / line.made)
    reached = share * (len(spoken(line.text)) or len(line.text))
    ends = [place + 1 for place, character in enumerate(line.text) if character == " "]
    heard = bisect_right(ends, reached, key=lambda end: len(spoken(line.text[:end])))
    return line.text[: ends[heard - 1]] if heard else ""
