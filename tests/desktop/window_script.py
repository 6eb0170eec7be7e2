"""A scripted mind and ears for the tests of the window."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from agent.commands import Say
from agent.events import Asked, Reply, Sentence
from agent.memory.history import History
from agent.types import Ended
from perception.messages import notice
from perception.types import Evidence, Where
from safety.codes import SafetyCode
from safety.types import (
    Action,
    Explanation,
    Finding,
    Verdict,
)

NOTHING = Explanation.of_notes(notice(SafetyCode.NOTHING_CHANGED))
LABEL = Evidence(1, "text", "Ibuprofen 400 mg", Where("picture"), 0.97)


class Script(QObject):
    """Stands in for `Children`: keeps what it is told, and tells what the test wants."""

    arrived = Signal(object)

    def __init__(self, history: History | None = None) -> None:
        super().__init__()
        self.history = history
        self.mind = list[object]()
        self.ears = list[object]()
        self.revived = list[str]()
        self.held = list[Say]()
        self.withdrawn = list[str]()
        self.started = False

    def start(self) -> None:
        """As `Children.start`."""
        self.started = True

    def tell_mind(self, command: object) -> None:
        """As `Children.tell_mind`."""
        self.mind.append(command)

    def tell_ears(self, message: object) -> None:
        """As `Children.tell_ears`."""
        self.ears.append(message)

    def revive(self, name: str) -> None:
        """As `Children.revive`."""
        self.revived.append(name)

    def hold(self, say: Say) -> None:
        """As `Children.hold`."""
        self.held.append(say)

    def withdraw(self, turn: str) -> None:
        """As `Children.withdraw`."""
        self.withdrawn.append(turn)

    def said(self) -> Say:
        """The newest question that the mind was given."""
        return next(command for command in reversed(self.mind) if isinstance(command, Say))

    def tell(self, *events: object) -> None:
        """Let the window see these events."""
        for event in events:
            self.arrived.emit(event)

    def answer(
        self,
        sentences: Iterable[Sentence | str],
        evidence: tuple[Evidence, ...] = (),
        chat: int = 1,
    ) -> Say:
        """Answer the newest question as the mind would, history and all."""
        say = self.said()
        chat = say.chat or (self.history.new_chat() if self.history else chat)
        if self.history:
            pictures, replaces = say.pictures, say.replaces
            self.history.begin(say.turn, chat, say.text, pictures, replaces, texts=say.texts)
            self.history.ground(say.turn, say.text, evidence)
        self.tell(Asked(say.turn, chat, say.text, None, evidence, say.replaces))
        made = list[Sentence]()
        for index, item in enumerate(sentences):
            made.append(sentence(say.turn, index, item) if isinstance(item, str) else item)
            self.tell(made[-1])
        text = "".join(item.text for item in made)
        self.tell(Reply(say.turn, text, Ended.DONE, NOTHING, {"total": 1200.0}))
        if self.history:
            self.history.end(say.turn, text, Ended.DONE, NOTHING)
        return say


def sentence(
    turn: str, index: int, text: str, action: Action = Action.ALLOW, headline: str = ""
) -> Sentence:
    """A checked sentence; it cites [1] where it says so."""
    findings = (Finding("privacy", "phone", None, 1.0, 0.5, ""),) if headline else ()
    why = Explanation(headline, findings, (), "", "", () if headline else NOTHING.notes)
    ids = (1,) if "[1]" in text else ()
    return Sentence(turn, index, text, Verdict(action, text, why), ids, 0.9)
