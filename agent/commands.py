"""The commands of the window to the assistant process (the mind)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, get_args

from agent.attached_text import AttachedText


@dataclass(frozen=True, slots=True)
class Say:
    """Answer this. `chat` is None for a new chat; `pictures` are encoded files (JPEG, PNG, ...).

    `texts` came along whole, as data (law 4).

    `replaces` names the turn that this one stands in for (edit, regenerate): it and all that
    follow it leave the prompt and the transcript, and stay in the database. Without a `turn` it
    is no question yet: its pictures and texts wait, in place of any before, and go on the next
    spoken turn.
    """

    turn: str
    chat: int | None
    text: str
    pictures: tuple[bytes, ...] = ()
    replaces: str | None = None
    texts: tuple[AttachedText, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenChat:
    """Go on with this chat, or with a new one: spoken turns belong to it, its prompt is warmed.

    The private chat is forgotten when another is opened, unless another window shows it.
    """

    chat: int | None
    keep_private: bool = False


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Stop the answer of this turn."""

    turn: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Read no more of this turn's answer out; it is written on."""

    turn: str


@dataclass(frozen=True, slots=True)
class Continue:
    """Write on where the answer of this turn reached its limit; it stays one answer."""

    turn: str


@dataclass(frozen=True, slots=True)
class SetCamera:
    """Look through this source (`camera:0`, a device path, `file:...`, a URL); empty is off."""

    source: str


@dataclass(frozen=True, slots=True)
class Apply:
    """The settings changed on disk: read them again."""


@dataclass(frozen=True, slots=True)
class SayAgain:
    """Speak the answer of this turn once more, or `text` about it where there is one."""

    turn: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """End the mind."""


@dataclass(frozen=True, slots=True)
class ShowRecent:
    """Tell what was said and seen in the last two minutes; answered by `Recent`."""


@dataclass(frozen=True, slots=True)
class EraseRecent:
    """Forget what was said and seen in the last two minutes; answered by an empty `Recent`."""


@dataclass(frozen=True, slots=True)
class LearnWord:
    """Add to the user's words, as in `Entry`; answered by `WordList`."""

    word: str
    instead_of: str = ""
    said_as: str = ""


@dataclass(frozen=True, slots=True)
class ForgetWord:
    """Take one of the user's words back, by the id of its `Entry`; answered by `WordList`."""

    id: str


@dataclass(frozen=True, slots=True)
class ListWords:
    """Tell the user's words; answered by `WordList`."""


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """Feedback on an answer, kept to learn from; `corrected` is what would be right.

    `good` None forgets it. It is only sent once the user has agreed to that.
    """

    turn: str
    good: bool | None
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Appeal:
    """The user calls what was decided of a turn wrong; answered by `Appealed` or `Failed`.

    `words` say why, and `may_train` is their own yes to learning from it. `wrong` False takes it
    back.
    """

    turn: str
    wrong: bool = True
    words: str = ""
    may_train: bool = False


@dataclass(frozen=True, slots=True)
class Reload:
    """Load the models again: another adapter was switched on or off."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what the tools changed in this turn; answered by `Undone`."""

    turn: str


@dataclass(frozen=True, slots=True)
class CancelDue:
    """Stop a timer, alarm or reminder; `id` is that of its `RunningItem`."""

    id: int


@dataclass(frozen=True, slots=True)
class MeasureCauses:
    """Measure what the answer of this turn rests on, while idle; answered by `CausesMeasured`."""

    turn: str


Command: TypeAlias = (
    Say
    | OpenChat
    | Interrupt
    | SetCamera
    | Apply
    | SayAgain
    | Close
    | ShowRecent
    | EraseRecent
    | LearnWord
    | ForgetWord
    | ListWords
    | GiveFeedback
    | Appeal
    | Reload
    | Undo
    | CancelDue
    | Silence
    | Continue
    | MeasureCauses
)

COMMANDS: tuple[type, ...] = get_args(Command)
