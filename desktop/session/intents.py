"""User intents on a turn of the transcript: one closed set, matched by the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Explain:
    """Show why the answer is as it is; with `evidence` start from that piece."""

    turn: str
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class SpeakAgain:
    """Read the answer out once more."""

    turn: str


@dataclass(frozen=True, slots=True)
class Pace:
    """Read the answer out once more, faster (above 0) or slower from now on."""

    turn: str
    by: float


@dataclass(frozen=True, slots=True)
class Spell:
    """Spell the word of the answer that one may want to write down."""

    turn: str


@dataclass(frozen=True, slots=True)
class Regenerate:
    """Answer the same question anew."""

    turn: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Put the question into the composer, to be asked in its place."""

    turn: str


@dataclass(frozen=True, slots=True)
class ShowPicture:
    """Show a picture of the question."""

    turn: str
    picture: int


@dataclass(frozen=True, slots=True)
class ShowText:
    """Show a text of the question."""

    turn: str
    text: int


@dataclass(frozen=True, slots=True)
class Follow:
    """Open a link of an answer, after asking."""

    address: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Keep what the user thinks of the answer; `good` None forgets it."""

    turn: str
    good: bool | None
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Appeal:
    """Keep that what was decided of the turn is wrong; `wrong` False takes it back."""

    turn: str
    wrong: bool = True
    words: str = ""
    may_train: bool = False


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what the tools changed in the turn."""

    turn: str


@dataclass(frozen=True, slots=True)
class UseClipboard:
    """Put the text of the clipboard into the message; the press of the button is the consent."""

    turn: str


@dataclass(frozen=True, slots=True)
class ShowModels:
    """Open the Models page: another model would mend it."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Write on where the answer was cut."""

    turn: str


@dataclass(frozen=True, slots=True)
class ShowVersion:
    """Show this version in place of the one that is shown."""

    turn: str


Wish: TypeAlias = (
    Explain
    | GoOn
    | ShowVersion
    | SpeakAgain
    | Pace
    | Spell
    | Regenerate
    | Edit
    | ShowPicture
    | ShowText
    | Follow
    | Rate
    | Appeal
    | Undo
    | UseClipboard
    | ShowModels
)
