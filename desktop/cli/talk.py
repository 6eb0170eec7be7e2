"""A spoken conversation in the terminal: states and words as lines."""

from __future__ import annotations

import sys

from agent.commands import Interrupt
from agent.events import Asked, Failed, PartialTranscript, Ready, Reply, Sentence
from agent.settings import Settings, data_folder
from desktop.cli.terminal_text import one_line, unmarked
from desktop.processes.headless import Headless
from perception.audio.ipc.messages import (
    Mode,
    Trouble,
    TurnPhase,
    TurnState,
)

_WORDS = {
    TurnPhase.OFF: "microphone off",
    TurnPhase.WAITING: "waiting for the wake word",
    TurnPhase.LISTENING: "listening",
    TurnPhase.USER: "hearing you",
    TurnPhase.MAYBE_FINISHED: "hearing you",
    TurnPhase.THINKING: "thinking",
    TurnPhase.SPEAKING: "speaking",
    TurnPhase.INTERRUPTED: "stopped",
}


def talk(settings: Settings, mode: Mode) -> None:
    """Until Ctrl+C while nothing is being answered."""
    with Headless(data_folder() / "logs") as children:
        children.listen(settings, mode)
        terminal = _TalkTerminal(children)
        while True:
            try:
                terminal.show(children.next())
            except KeyboardInterrupt:
                if not terminal.answering:
                    return
                children.tell_mind(Interrupt(terminal.answering))


class _TalkTerminal:
    def __init__(self, children: Headless) -> None:
        self._children = children
        self.answering = ""
        self._status = ""

    def show(self, event: object) -> None:
        match event:
            case Ready(model, device):
                self._say(f"{model} on {device}. Speak when it says listening; Ctrl+C ends.")
            case TurnState(phase):
                self._set_status(_WORDS[phase])
            case PartialTranscript(text=text) if text:
                self._set_status(f"hearing you: {text}")
            case Asked(turn=turn, text=text):
                self.answering = turn
                self._say(f"you     {one_line(text)}")
            case Sentence(text=text):
                self._say(f"candor  {text.strip()}")
            case Reply(turn=turn) if turn == self.answering:
                self.answering = ""
            case Failed(told=told) | Trouble(told):
                self._say(one_line(str(told)))

    def _say(self, line: str) -> None:
        self._wipe()
        print(line, flush=True)
        self._draw()

    def _set_status(self, words: str) -> None:
        if words != self._status:
            self._wipe()
            self._status = words
            self._draw()

    def _draw(self) -> None:
        if sys.stderr.isatty():
            print(f"({one_line(self._status)})", end="", file=sys.stderr, flush=True)

    def _wipe(self) -> None:
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=unmarked(sys.stderr), flush=True)
