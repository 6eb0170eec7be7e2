"""One turn without a window: ask, wait for the one reply, tell it as text or JSON."""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TextIO

import msgspec
import numpy as np

from agent.assembly import assemble
from agent.attached_text import read_text_file
from agent.codes import TOLD_BELOW
from agent.commands import Close, MeasureCauses
from agent.conversation import Conversation
from agent.events import (
    Asked,
    AssistantState,
    CausesMeasured,
    Closed,
    Event,
    Failed,
    Ready,
    Reply,
    Sentence,
)
from agent.memory.history import History
from agent.models.store import open_store
from agent.settings import Settings, data_folder
from agent.tools.store import Store
from agent.turn.context import Question
from agent.types import Ended, Phase, new_turn
from desktop.cli.output import note_printer
from desktop.cli.terminal_text import json_text, one_line
from desktop.cli.why import wait_for_causes
from desktop.codes import DesktopCode
from perception.audio import files as sound_file
from perception.audio.ipc.messages import Played
from perception.messages import Notice, notice
from perception.picture import read_file
from perception.trace import traced
from perception.types import Samples, UserError, Utterance
from safety.types import Explanation

_log = logging.getLogger("candor.models")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question from the command line."""

    text: str
    listen: Path | None
    look: tuple[Path, ...]
    speak: Path | None
    private: bool
    why: bool = False
    """Also measure what the answer rests on."""
    files: tuple[Path, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What came of it; filled as events arrive."""

    ready: Ready | None = None
    asked: Asked | None = None
    sentences: list[Sentence] = field(default_factory=list)
    failures: list[Failed] = field(default_factory=list)
    reply: Reply | None = None
    unmeasured: Notice | None = None
    """Why its causes were not measured."""
    loading_ms: float = 0.0
    """Reading the files and loading the models, which came before the turn."""

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


def answer(asking: Asking, settings: Settings, shown: Callable[[Event], None]) -> Outcome:
    """Run one turn; `shown` is called with each event as it comes."""
    began = time.monotonic()
    if asking.speak:
        sound_file.check_place(asking.speak)
        settings = replace(settings, speak_answers=True)
    pictures = tuple(read_file(file) for file in asking.look)
    texts = tuple(read_text_file(file) for file in asking.files)
    utterance = _utterance(asking.listen) if asking.listen else None
    turn = utterance.turn if utterance else new_turn()
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    track = _Track() if asking.speak else None
    outcome = Outcome()
    with ExitStack() as stack:
        history = History(None if asking.private else data_folder() / "history.db")
        stack.callback(history.close)
        made = partial(assemble, tell=note_printer(), private=asking.private)
        emit = traced(events.put, "mind", "desktop")
        store = Store(None if asking.private else data_folder() / "tools.db", asking.private)
        conversation = Conversation(made, history, lambda: settings, emit, track, store=store)
        stack.callback(conversation.join)
        stack.callback(conversation.send, Close())
        if track:
            track.played = conversation.played
        question = Question(turn, began, None, asking.text, utterance, pictures, texts=texts)
        question = conversation.keep(question)
        _collect(events, outcome, shown, lambda event: event == AssistantState(Phase.IDLE, ""))
        _load_the_rest(conversation, asking)
        now = time.monotonic()
        outcome.loading_ms = (now - began) * 1000
        ask = traced(conversation.ask, "desktop", "mind")
        ask(replace(question, started=now))
        _collect(events, outcome, shown, lambda event: isinstance(event, Reply))
        if asking.why and outcome.succeeded:
            conversation.send(MeasureCauses(turn))
            _take_causes(outcome, wait_for_causes(events.get, turn, shown))
    if asking.speak and track and track.pieces:
        sound_file.write(asking.speak, np.concatenate(track.pieces), track.rate)
    return outcome


def _load_the_rest(conversation: Conversation, asking: Asking) -> None:
    """Have what this turn needs in memory before its clock starts."""
    engines = conversation.engines()
    wanted = ((asking.listen, engines.hearing), (asking.look, engines.eyes))
    for asked_for, load in (*wanted, (asking.speak, engines.voice)):
        if asked_for:
            try:
                load()
            except UserError as error:
                # The turn meets it again and tells it.
                _log.info("not loaded yet: %s", error.message)


def _utterance(file: Path) -> Utterance:
    from perception.audio.vad import VoiceActivity

    return sound_file.read(file, VoiceActivity(open_store().path("silero-vad") / "model.onnx"))


def _collect(
    events: queue.SimpleQueue[Event],
    outcome: Outcome,
    shown: Callable[[Event], None],
    last: Callable[[Event], bool],
) -> None:
    """Take events up to the `last` one."""
    while True:
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
                raise UserError(DesktopCode.CONVERSATION_ENDED_WITHOUT_ANSWER)
        shown(event)
        if last(event):
            return


def _take_causes(outcome: Outcome, measured: CausesMeasured | None) -> None:
    """The reply's explanation with its causes, or why there are none."""
    if measured is None or outcome.reply is None:
        return
    if measured.why is not None:
        outcome.reply = replace(outcome.reply, why=measured.why)
    outcome.unmeasured = measured.problem


def as_text(out: TextIO | None, notes: TextIO) -> Callable[[Event], None]:
    """Prints the answer as it grows to `out` (None: nowhere), everything else to `notes`."""
    told = set[str]()

    def show(event: Event) -> None:
        match event:
            case Asked(heard=heard) if heard:
                print(f"You said: {one_line(heard.text)}", file=notes)
            case Sentence(text=text) if out:
                print(text, end="", file=out, flush=True)
            case Failed() if event.message not in told:
                told.add(event.message)
                print(f"{one_line(event.message)}\n{one_line(event.hint)}", file=notes)
            case CausesMeasured(done=0.0, why=None, problem=None):
                print("Measuring what the answer rests on …", file=notes)
            case Reply(text=text, why=why):
                told.clear()
                if text and out:
                    print(file=out, flush=True)
                for note in why.notes:
                    if note.code in TOLD_BELOW:
                        print(f"({one_line(str(note))})", file=notes)

    return show


def as_json(outcome: Outcome) -> str:
    """One object: what was heard and seen, the answer, its sentences and reasons.

    `errors` is there only where something failed.
    """
    asked, ready = outcome.asked, outcome.ready
    heard = asked.heard if asked else None
    reply = outcome.reply or _no_reply(outcome.failures)
    told: dict[str, object] = {
        "heard": heard
        and {"text": heard.text, "language": heard.language, "confidence": heard.confidence},
        "scene": asked.scene if asked else None,
        "reply": {"text": reply.text, "ended": reply.ended},
        "sentences": [
            {
                "text": s.text,
                "verdict": s.verdict,
                "evidence": s.evidence,
                "confidence": s.confidence,
            }
            for s in outcome.sentences
        ],
        "why": {
            **msgspec.to_builtins(reply.why),
            "message": reply.why.message,
            "hint": reply.why.hint,
        },
        "timings_ms": {"loading": outcome.loading_ms, **reply.timings_ms},
        "model": ready.model if ready else "",
        "device": ready.device if ready else "",
        "server": ready.server if ready else "",
    }
    if outcome.unmeasured is not None:
        told["unmeasured"] = {
            "message": outcome.unmeasured.message,
            "hint": outcome.unmeasured.hint,
        }
    errors = dict.fromkeys((failed.message, failed.hint) for failed in outcome.failures)
    if errors:
        told["errors"] = [{"message": message, "hint": hint} for message, hint in errors]
    return json_text(told)


def _no_reply(failures: Sequence[Failed]) -> Reply:
    """Stands for a turn that could not begin."""
    nothing = notice(DesktopCode.NOTHING_ANSWERED)
    first = failures[0].told if failures else nothing
    return Reply("", "", Ended.FAILED, Explanation.of_notes(first), {})
