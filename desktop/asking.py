"""One turn without a window: ask, wait for the one reply, tell it as text or JSON."""

from __future__ import annotations

import queue
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import msgspec
import numpy as np

from agent.answering import Question
from agent.assembly import assemble
from agent.conversation import Conversation
from agent.history import History
from agent.models.store import open_store
from agent.settings import Settings, data_folder
from agent.types import (
    Asked,
    Close,
    Closed,
    Ended,
    Event,
    Failed,
    Ready,
    Reply,
    Sentence,
    new_turn,
)
from perception.audio import file as sound_file
from perception.audio.messages import Played
from perception.types import Samples, UserError, Utterance


@dataclass(frozen=True, slots=True)
class Asking:
    """A question from the command line."""

    text: str
    listen: Path | None
    look: tuple[Path, ...]
    speak: Path | None
    private: bool


@dataclass(slots=True)
class Outcome:
    """What came of it; filled as events arrive."""

    ready: Ready | None = None
    asked: Asked | None = None
    sentences: list[Sentence] = field(default_factory=list)
    failures: list[Failed] = field(default_factory=list)
    reply: Reply | None = None

    @property
    def succeeded(self) -> bool:
        """Whether there is an answer, or a refusal with its reason."""
        return self.reply is not None and self.reply.ended is not Ended.FAILED


class _Track:
    """A sink that keeps the sound and reports it as heard."""

    def __init__(self) -> None:
        self.pieces: list[Samples] = []
        self.rate = 24_000
        self.played: Callable[[Played], None] = lambda report: None

    def play(self, turn: str, sentence: int, samples: Samples, rate: int) -> None:
        self.pieces.append(samples)
        self.rate = rate
        self.played(Played(turn, sentence, len(samples) / rate, False))

    def finish(self, turn: str) -> None:
        self.played(Played(turn, 0, 0.0, True))

    def flush(self, turn: str = "") -> None:
        self.pieces.clear()


def answer(asking: Asking, settings: Settings, shown: Callable[[Event], None] | None) -> Outcome:
    """Run one turn; `shown` is called with each event as it comes."""
    utterance = _utterance(asking.listen) if asking.listen else None
    turn = utterance.turn if utterance else new_turn()
    pictures = tuple(read_picture(file) for file in asking.look)
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    track = _Track() if asking.speak else None
    outcome = Outcome()
    with ExitStack() as stack:
        folder = data_folder()
        if asking.private:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        history = History(folder / "history.db")
        stack.callback(history.close)
        conversation = Conversation(assemble, history, lambda: settings, events.put, track)
        if track:
            track.played = conversation.played
        conversation.ask(Question(turn, time.monotonic(), None, asking.text, utterance, pictures))
        try:
            _collect(events, outcome, shown)
        finally:
            conversation.send(Close())
            conversation.join()
    if asking.speak and track:
        sound = np.concatenate(track.pieces) if track.pieces else np.zeros(0, np.float32)
        sound_file.write(asking.speak, sound, track.rate)
    return outcome


def _utterance(file: Path) -> Utterance:
    from perception.audio.vad import VoiceActivity

    return sound_file.read(file, VoiceActivity(open_store().path("silero-vad") / "model.onnx"))


def _collect(
    events: queue.SimpleQueue[Event], outcome: Outcome, shown: Callable[[Event], None] | None
) -> None:
    while outcome.reply is None:
        event = events.get()
        match event:
            case Ready():
                outcome.ready = event
            case Asked():
                outcome.asked = event
            case Sentence():
                outcome.sentences.append(event)
            case Failed():
                outcome.failures.append(event)
            case Reply():
                outcome.reply = event
            case Closed():
                raise UserError("The conversation ended without an answer.", "Please try again.")
        if shown:
            shown(event)


def as_text(out: TextIO, notes: TextIO) -> Callable[[Event], None]:
    """Prints the answer as it grows to `out`, everything else to `notes`."""
    told = set[str]()

    def show(event: Event) -> None:
        match event:
            case Asked(heard=heard) if heard:
                print(f"You said: {heard.text}", file=notes)
            case Sentence(text=text):
                print(text, end="", file=out, flush=True)
            case Failed(message=message, hint=hint) if message not in told:
                told.add(message)
                print(f"{message}\n{hint}", file=notes)
            case Reply(text=text) if text:
                print(file=out, flush=True)

    return show


def as_json(outcome: Outcome) -> str:
    """One object: what was heard and seen, the answer, its sentences and reasons."""
    asked, reply, ready = outcome.asked, outcome.reply, outcome.ready
    heard = asked.heard if asked else None
    return msgspec.json.encode(
        {
            "heard": heard
            and {"text": heard.text, "language": heard.language, "confidence": heard.confidence},
            "scene": asked.scene if asked else None,
            "evidence": asked.evidence if asked else (),
            "reply": reply and {"text": reply.text, "ended": reply.ended},
            "sentences": [
                {
                    "text": s.text,
                    "verdict": s.verdict,
                    "evidence": s.evidence,
                    "confidence": s.confidence,
                }
                for s in outcome.sentences
            ],
            "why": reply.why if reply else None,
            "timings_ms": reply.timings_ms if reply else {},
            "model": ready.model if ready else "",
            "device": ready.device if ready else "",
            "errors": [{"message": f.message, "hint": f.hint} for f in outcome.failures],
        }
    ).decode()


def read_picture(file: Path) -> bytes:
    """The bytes of a picture file; UserError when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(
            f"{file} cannot be read: {error.strerror or error}.", "Check the name of the file."
        ) from error
