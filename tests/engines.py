"""Scripted engines for tests of the conversation; no user ever meets one."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import cast

import numpy as np

from agent.commands import Close, Say
from agent.conversation import Conversation
from agent.dialogue import Sampling, Token
from agent.engines.choice import Choice
from agent.engines.loaded import Engines
from agent.events import AssistantState, Closed, Event, Reply
from agent.memory.history import History
from agent.settings import Settings
from agent.speech.output import Sink
from agent.tools.store import Store
from agent.turn.lifecycle import ToEars
from agent.types import Message
from agent.voice import NORMALLY, Prosody
from perception.audio.ipc.messages import Played
from perception.hearing import NO_HINTS, Hints
from perception.messages import plain
from perception.seeing.eyes import VisionPipeline
from perception.types import (
    Item,
    Quality,
    Samples,
    Scene,
    Snapshot,
    Transcript,
    Utterance,
)
from safety.audit.log import Audit
from safety.guard import Guard, load_guard


@dataclass
class ScriptedDialogue:
    """Answers with the words of `script`, one token a word; keeps what it was asked."""

    script: Callable[[Sequence[Message]], Iterable[str]]
    name: str = "scripted"
    device: str = "none"
    reason: str = "a test"
    context: int = 4096
    control_tokens: frozenset[str] = frozenset({"<|im_start|>", "<|im_end|>"})
    asked: list[tuple[Message, ...]] = field(default_factory=list)
    pause: float = 0.0
    closed_early: int = 0
    whole: int = 0
    busy: bool = False
    ended: str = "stop"

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        assert not self.busy, "an engine serves one generator at a time"
        self.asked.append(tuple(messages))
        whole, self.busy = False, True
        try:
            for word in self.script(messages):
                time.sleep(self.pause)
                yield Token(word, 0.9)
            yield Token("", 1.0, self.ended)
            whole = True
        finally:
            self.busy = False
            self.closed_early += not whole
            self.whole += whole

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        yield

    def count(self, text: str) -> int:
        return len(text.split())

    def close(self) -> None:
        self.asked.clear()


@dataclass
class ScriptedHearing:
    text: str
    name: str = "scripted"
    device: str = "none"

    def hear(self, utterance: Utterance, hints: Hints = NO_HINTS) -> Iterator[Transcript]:
        if self.text == "crash":
            raise RuntimeError("the recogniser broke")
        yield Transcript(self.text, "en", 0.9, (), True)


class ToneVoice:
    """A tenth of a second of sound a word."""

    name, rate = "tone", 8000

    def can_speak(self, text: str) -> bool:
        return True

    def speak(
        self, text: str, before: str = "", ends: bool = True, how: Prosody = NORMALLY
    ) -> Iterator[Samples]:
        for word in text.split():
            if word.startswith("unspeakable"):
                raise RuntimeError("the voice broke")
            yield np.full(800, 0.1, np.float32)


class ScriptedEyes:
    def __init__(self, lines: Sequence[str]) -> None:
        from perception.types import Box

        texts = tuple(Item(t, Box(0.1, 0.1, 0.8, 0.1), 0.95, "test") for t in lines)
        self._scene = Scene((), (), texts, (), (), "", Quality(0.5, 500.0), 0.0)

    def look(self, snapshot: Snapshot) -> Iterator[Scene]:
        yield replace(self._scene, at=snapshot.at)


class InstantSink:
    """Plays everything at once, or only the first `heard` seconds and then never ends."""

    def __init__(self, heard: float | None = None) -> None:
        self.report: Callable[[Played], None] = lambda report: None
        self.flushed = 0
        self.sentences: list[int] = []
        self._left = heard

    def play(self, turn: str, sentence: int, samples: Samples, rate: int) -> None:
        self.sentences.append(sentence)
        seconds = len(samples) / rate
        if self._left is not None:
            seconds = min(seconds, self._left)
            self._left -= seconds
        self._done = getattr(self, "_done", {})
        self._done[sentence] = self._done.get(sentence, 0.0) + seconds
        self.report(Played(turn, sentence, self._done[sentence], False))

    def finish(self, turn: str) -> None:
        if self._left is None:
            self.report(Played(turn, 0, 0.0, True))

    def flush(self, turn: str = "") -> None:
        self.flushed += 1


def scripted(words: str) -> ScriptedDialogue:
    """A model that always says `words`."""
    parts = [word + " " for word in words.split(" ")]
    return ScriptedDialogue(lambda messages: parts)


def engines(
    folder: Path,
    dialogue: ScriptedDialogue,
    heard: str = "what is this",
    lines: Sequence[str] = (),
    guard: Guard | None = None,
) -> Engines:
    """Scripted engines with the real guard (patterns only)."""
    own_guard = guard or load_guard(None, None)
    return Engines(
        choice=lambda: Choice("scripted", "none", "cpu", 1, plain("a test")),
        dialogue=lambda: dialogue,
        hearing=lambda: ScriptedHearing(heard),
        voice=ToneVoice,
        eyes=lambda: cast(VisionPipeline, ScriptedEyes(lines)),
        guard=lambda: own_guard,
        audit=lambda: Audit(folder / "audit.jsonl"),
        ready=lambda: True,
        close=lambda: None,
    )


class Talk:
    """A conversation under test, with its events."""

    def __init__(
        self,
        folder: Path,
        parts: Engines,
        sink: InstantSink | None = None,
        settings: Settings | None = None,
        *,
        tell: Callable[[ToEars], None] = lambda message: None,
        store: Store | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.sink = sink
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.seen: list[Event] = []
        self.history = History(folder / "history.db")
        own = settings or Settings(speak_answers=True)
        place: Sink | None = sink
        self.conversation = Conversation(
            lambda _: replace(parts, close=lambda: None),
            self.history,
            lambda: own,
            self.events.put,
            place,
            tell=tell,
            store=store,
            now=now,
        )
        if sink:
            sink.report = self.conversation.played

    def until(self, wanted: Callable[[Event], bool], timeout: float = 120.0) -> Event:
        """Events up to the first wanted one."""
        while True:
            event = self.events.get(timeout=timeout)
            self.seen.append(event)
            if wanted(event):
                return event

    def say(self, command: Say) -> Reply:
        """Send, and wait for the reply."""
        self.conversation.send(command)
        return self.reply(command.turn)

    def reply(self, turn: str) -> Reply:
        event = self.until(lambda e: isinstance(e, Reply) and e.turn == turn)
        assert isinstance(event, Reply)
        return event

    def replies(self, turn: str) -> int:
        return sum(isinstance(e, Reply) and e.turn == turn for e in self.seen)

    def events_now(self, kinds: tuple[type, ...]) -> list[Event]:
        """The events of these kinds that have come by now."""
        while not self.events.empty():
            self.seen.append(self.events.get())
        return [event for event in self.seen if isinstance(event, kinds)]

    def sink_sentences(self) -> list[int]:
        """What was given to the speaker."""
        return self.sink.sentences if self.sink else []

    def phases(self) -> list[str]:
        return [e.phase.value for e in self.seen if isinstance(e, AssistantState)]

    def close(self) -> None:
        self.conversation.send(Close())
        self.until(lambda e: isinstance(e, Closed))
        self.conversation.join()
        self.history.close()
