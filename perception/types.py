"""The values that perception produces. Boxes are fractions of the picture; times are seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from perception.messages import Notice, notice, plain

RATE = 16_000
"""Samples a second of all sound that is heard."""

Samples: TypeAlias = NDArray[np.float32]
"""Mono sound, shape (n,), full scale -1 to 1."""

Pixels: TypeAlias = NDArray[np.uint8]
"""A picture, shape (height, width, 3), RGB."""


class UserError(Exception):
    """Something the user can act on: the code of a message, and what fills its placeholders.

    `message` (what happened) and `hint` (what to do next) are its English sentences.
    """

    def __init__(self, code: str, /, **args: object) -> None:
        super().__init__(code)
        self.notice = notice(code, **args)

    @classmethod
    def of(cls, told: Notice) -> UserError:
        """The error that tells this."""
        return cls(told.code, **told.args)

    @classmethod
    def plain(cls, message: str, hint: str) -> UserError:
        """An error without a code: its words are shown as they are."""
        return cls.of(plain(message, hint))

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    @property
    def code(self) -> str:
        """What happened, for programs."""
        return self.notice.code

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.notice.message

    @property
    def hint(self) -> str:
        """What to do next, in English."""
        return self.notice.hint


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """A piece of sound; `at` is the monotonic time of its first sample."""

    samples: Samples
    rate: int
    at: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one person said in one go. `at` and `ended` are monotonic seconds.

    `continues` names a turn that was taken for ended too early: this one holds its sound as well
    and stands in for it.
    """

    turn: str
    samples: Samples
    rate: int
    at: float
    ended: float
    continues: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One picture and the monotonic time it was taken.

    `note` says what was done to it on the way in (reduced), if anything.
    """

    pixels: Pixels
    at: float
    note: Notice | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word, with its place in the utterance in seconds."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """The transcript of an utterance; empty text means that nobody spoke."""

    text: str
    language: str
    confidence: float
    words: tuple[Word, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A place in a picture as fractions of its width and height, from the top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Item:
    """One thing recognised in a picture. `source` names the recogniser.

    `age` is how many seconds a camera has had it in view; 0 in a single picture.
    """

    label: str
    box: Box
    confidence: float
    source: str
    age: float = 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How usable a picture is. Brightness 0 to 1; sharpness is the variance of the Laplacian.

    `advice` says how to aim or light better; a good picture needs none.
    """

    brightness: float
    sharpness: float
    advice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What is in view: one value a picture. `texts` are lines in reading order."""

    people: tuple[Item, ...]
    things: tuple[Item, ...]
    texts: tuple[Item, ...]
    codes: tuple[Item, ...]
    tags: tuple[Item, ...]
    caption: str
    quality: Quality
    at: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a document, a string a page."""

    title: str
    pages: tuple[str, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Sensed:
    """A sensor's value."""

    name: str
    value: float
    unit: str
    at: float


@dataclass(frozen=True, slots=True)
class Where:
    """Where a piece of evidence can be met again: a picture's crop, seconds of sound, a page.

    `span` is a range of characters of a text that was attached, of which `page` counts the parts.
    """

    source: str
    box: Box | None = None
    seconds: tuple[float, float] | None = None
    page: int | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing an answer may rest on; `id` is the number shown in the answer, from 1.

    `kind` is one of heard, text, person, thing, code, tag, caption, quality, document, sensor,
    fact, note (both kept for the user), earlier (their own words of this chat), attached (a part
    of a text that came with a question).
    """

    id: int
    kind: str
    text: str
    where: Where
    confidence: float
