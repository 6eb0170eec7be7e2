"""State and rules of turn-taking. Times are seconds, moments monotonic seconds."""

from __future__ import annotations

from dataclasses import dataclass

from perception.audio.ipc.messages import Mode, TurnPhase

FRAME = 0.032


@dataclass(frozen=True, slots=True)
class Rules:
    """When a voice begins, pauses, ends and interrupts. Probabilities are 0 to 1.

    A voice begins with `onset` seconds over `begin` and lasts while it is over `keep`; while the
    speaker sounds it must be over `begin_over_sound`. `duck_after` and `hold_after` count voice
    while Candor speaks, `hold_after_strong` and `real` voice over `strong`: what comes back of our
    own sound is faint, a person is not.
    A turn waits `asked`, `finished`, `unknown` or `open` seconds of silence by its words, the first
    where smart-turn is at least at the upper `sure`, the second where it is under the lower one;
    `longest` ends any waiting. `patience` is the user's setting: so much more silence belongs to
    every turn. A pause is told after `pause` seconds; a voice that has faded for longer than
    `fading` is one all the same.
    """

    patience: float = 0.0
    begin: float = 0.5
    keep: float = 0.35
    begin_over_sound: float = 0.5
    strong: float = 0.85
    onset: float = 0.09
    gap: float = 0.1
    resume: float = 0.06
    duck_after: float = 0.03
    hold_after: float = 0.09
    hold_after_strong: float = 0.03
    pre_roll: float = 0.4
    tail: float = 0.2
    pause: float = 0.09
    fading: float = 0.2
    sure: tuple[float, float] = (0.7, 0.95)
    asked: tuple[float, float] = (0.4, 0.8)
    finished: tuple[float, float] = (0.65, 0.9)
    unknown: tuple[float, float] = (0.85, 1.1)
    open: tuple[float, float] = (1.2, 1.8)
    longest: float = 2.0
    shortest: float = 0.22
    no_words: float = 0.5
    words_within: float = 0.8
    cough: float = 0.2
    real: float = 0.12
    faint: float = 0.25
    short_word: float = 0.35
    sure_voice: float = 0.5
    sure_voice_over_sound: float = 2.0
    nod: float = 2.0
    continue_within: float = 2.0
    awake: float = 8.0
    wake_reach: float = 0.1
    follow_up: float = 6.0
    most: float = 120.0
    most_pressed: float = 600.0


@dataclass(frozen=True, slots=True)
class Onset:
    """Frames that may be the beginning of a voice."""

    began: float
    last: float
    voiced: float
    strong: float = 0.0


@dataclass(frozen=True, slots=True)
class JudgedFrame:
    """A frame as judged: whether there is a voice in it, and whether without any doubt."""

    at: float
    voice: bool
    strong: bool = False
    faded: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """The user's open turn, with `voiced` seconds of voice, `strong` of them beyond doubt.

    `last` is when its voice was last heard, `quiet` since when it is not heard or has faded;
    `faint` says that it goes on all the same. `back` is since when it perhaps goes on again.
    `paused` is the moment that was told as a pause, `complete` smart-turn's word on it, `heard`
    whether `text` reaches up to it. `before` are the words of the turn that it continues. While
    `doubtful` it may still be a nod or a noise, and Candor's answer is held.
    """

    turn: str
    since: float
    began: float
    last: float
    voiced: float
    strong: float = 0.0
    pressed: bool = False
    continues: str = ""
    before: str = ""
    text: str | None = None
    paused: float | None = None
    complete: float | None = None
    heard: bool = False
    back: float | None = None
    quiet: float | None = None
    faint: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class EndedTurn:
    """The last turn, which may yet go on. `until` is where its sound ended."""

    turn: str
    since: float
    until: float
    ended: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class MachineState:
    """The state of the turn-taking machine. Turns are named `<prefix>-<number>`.

    `thinking` and `playing` name turns whose answer is awaited or heard; `sounding` is when the
    latter began. `awake` is until when no wake word is needed. `floor` is the moment before which
    no turn may reach.
    """

    prefix: str
    mode: Mode = Mode.HOLD
    muted: bool = False
    phase: TurnPhase = TurnPhase.OFF
    count: int = 0
    onset: Onset | None = None
    speech: Speech | None = None
    ended: EndedTurn | None = None
    thinking: str = ""
    playing: str = ""
    sounding: float = 0.0
    ducked: bool = False
    held: bool = False
    awake: float = 0.0
    floor: float = 0.0

    @property
    def answering(self) -> str:
        """The turn whose answer is heard or awaited, or nothing."""
        return self.playing or self.thinking
