"""A loudspeaker, a room and a microphone on paper, with the ears in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from perception.audio.echo.canceller import EchoCanceller
from perception.audio.echo.far_end import FarEnd
from perception.audio.echo.over_sound import DoubleTalk
from perception.audio.ipc.messages import Mode
from perception.audio.playback.ducking import Gain
from perception.audio.turns.driver import TurnOutputs, TurnTaking
from perception.audio.turns.end_of_turn import TurnEndpoint
from perception.audio.turns.events import (
    AnswerEnded,
    AskEndpoint,
    Endpoint,
    ModeChanged,
    PlayedOut,
    Playing,
)
from perception.audio.vad import VoiceActivity
from perception.types import RATE, AudioChunk, Samples, Utterance

_BLOCK = RATE // 50
_TALK = 10 ** (-26.0 / 20)
_NOISE = 10 ** (-62.0 / 20)
_DRIVE = 2.0
_AHEAD = 6  # blocks between the loudspeaker's queue and its sound: 0.12 s
_LATE = 0.05  # seconds from a decision to what is heard of it, and from sound to the ears
_BETWEEN = 0.4
_LONGEST_ECHO = 0.5


@dataclass(frozen=True, slots=True)
class Room:
    """An impulse response at 16 kHz, of unit energy, that begins with its first arrival."""

    name: str
    response: Samples


@dataclass(frozen=True, slots=True)
class Overlay:
    """Another sound in the room, from `at` seconds on."""

    at: float
    samples: Samples


@dataclass(frozen=True, slots=True)
class Heard:
    """A decision as the room hears it; `kind` is duck, hold, release or interrupt."""

    at: float
    kind: str


def rooms(responses: Sequence[Samples]) -> list[Room]:
    """The given responses, or three simple ones: a desk, a living room, a hall."""
    if responses:
        return [Room(f"room {n + 1}", _trimmed(found)) for n, found in enumerate(responses)]
    made = []
    for name, seconds, direct, seed in (
        ("desk", 0.15, 3.0, 1),
        ("room", 0.4, 1.5, 2),
        ("hall", 0.9, 1.0, 3),
    ):
        dice = np.random.default_rng(seed)
        times = np.arange(int(_LONGEST_ECHO * RATE)) / RATE
        tail = dice.standard_normal(times.size) * 10 ** (-3 * times / seconds)
        tail[0] = direct * np.sqrt(np.square(tail).sum())
        made.append(Room(name, _trimmed(tail.astype(np.float32))))
    return made


def _trimmed(response: Samples) -> Samples:
    first = max(0, int(np.argmax(np.abs(response))) - 16)
    kept = response[first : first + int(_LONGEST_ECHO * RATE)]
    return np.asarray(kept / np.sqrt(np.square(kept).sum()), np.float32)


@dataclass(slots=True)
class _Speaker:
    """Plays answers, one after the other, as turn-taking lets it."""

    answers: Iterator[Samples]
    gain: Gain = field(default_factory=Gain)
    turn: int = 0
    sound: Samples = field(default_factory=lambda: np.zeros(0, np.float32))
    wait: float = 1.0
    held: bool = False
    begun: bool = False

    def block(self) -> Samples:
        """The next 20 ms."""
        out = np.zeros(_BLOCK, np.float32)
        if self.wait > 0:
            self.wait -= _BLOCK / RATE
            return out
        if not self.sound.size:
            self.sound, self.turn, self.begun = next(self.answers), self.turn + 1, True
        if self.held and self.gain.value == 0.0:
            return out
        taken = self.sound[:_BLOCK]
        self.sound = self.sound[_BLOCK:]
        out[: taken.size] = taken
        if not self.sound.size:
            self.wait = _BETWEEN
        return self.gain.apply(out, RATE)

    def drop(self) -> None:
        """An interruption: what is left is not said; the next answer comes later."""
        self.sound, self.held, self.wait = np.zeros(0, np.float32), False, 3.0
        self.gain.jump(1.0)

    @property
    def name(self) -> str:
        """The turn that is being answered."""
        return f"answer-{self.turn}"


class Talk:
    """One run of the ears in a room."""

    def __init__(
        self, answers: Iterator[Samples], voice: VoiceActivity, endpoint: TurnEndpoint
    ) -> None:
        self._speaker = _Speaker(answers)
        self._endpoint = endpoint
        self._heard: list[Heard] = []
        self._asked: list[Endpoint] = []
        self._ended: list[str] = []
        self._now = 0.0
        self._turns = TurnTaking(
            TurnOutputs(
                tell_mind=lambda _told: None,
                hand_over=self._hand_over,
                show=lambda _floor: None,
                duck=lambda: self._do("duck"),
                hold=lambda: self._do("hold"),
                release=lambda: self._do("release"),
                interrupt=lambda _turn: self._do("interrupt"),
                ask=self._ask,
            )
        )
        self._turns.voice, self._turns.over = voice.stream(), DoubleTalk(voice)

    def run_talk(
        self, room: Room, overlays: Sequence[Overlay], seconds: float, echo_db: float
    ) -> Iterator[Heard]:
        """Talk for so long; what was decided, in order."""
        count = int(seconds * 50)
        other = _mixed(overlays, count * _BLOCK)
        dice = np.random.default_rng(7)
        far, level = FarEnd(), _TALK * 10 ** (echo_db / 20)
        canceller = EchoCanceller(far)
        queue = [np.zeros(_BLOCK, np.float32)] * _AHEAD
        tail = np.zeros(room.response.size + _BLOCK, np.float32)
        self._turns.handle_event(ModeChanged(Mode.OPEN, 0.0))
        for number in range(count):
            begun = number * _BLOCK / RATE
            self._now = begun + _BLOCK / RATE
            queue = self._feed(queue, far, begun)
            tail = _add_echo(tail, queue.pop(0), room.response, level)
            near = tail[:_BLOCK] + other[number * _BLOCK : (number + 1) * _BLOCK]
            near = near + (_NOISE * dice.standard_normal(_BLOCK)).astype(np.float32)
            tail = np.concatenate([tail[_BLOCK:], np.zeros(_BLOCK, np.float32)])
            chunk = canceller.cancel_echo(AudioChunk(np.clip(near, -1, 1), RATE, begun))
            if chunk is not None:
                self._turns.hear(chunk, far.sounds, canceller.likelihood, canceller.untouched)
            self._answer()
        yield from self._heard

    def _feed(self, queue: list[Samples], far: FarEnd, now: float) -> list[Samples]:
        """Give the loudspeaker a block; turn-taking hears of the beginning of an answer."""
        speaker = self._speaker
        block = speaker.block()
        far.put(block, RATE, now + len(queue) * _BLOCK / RATE)
        if speaker.begun:
            speaker.begun = False
            self._turns.handle_event(Playing(speaker.name, now + len(queue) * _BLOCK / RATE))
        if speaker.wait == _BETWEEN:
            self._turns.handle_event(PlayedOut(speaker.name, now))
        return [*queue, block]

    def _answer(self) -> None:
        for event in self._asked:
            self._turns.handle_event(event)
        for turn in self._ended:
            self._turns.handle_event(AnswerEnded(turn, self._now))
        self._asked, self._ended = [], []

    def _do(self, kind: str) -> None:
        self._heard.append(Heard(self._now + _LATE, kind))
        speaker = self._speaker
        match kind:
            case "duck":
                speaker.gain.send(0.2, 0.015)
            case "hold":
                speaker.held = True
                speaker.gain.send(0.0, 0.015)
            case "release":
                speaker.held = False
                speaker.gain.send(1.0, 0.06)
            case _:
                speaker.drop()

    def _ask(self, question: AskEndpoint, samples: Samples) -> None:
        complete = self._endpoint.complete(samples)
        self._asked.append(Endpoint(question.turn, question.at, complete))

    def _hand_over(self, said: Utterance) -> bool:
        self._ended.append(said.turn)
        return True


def _mixed(overlays: Sequence[Overlay], size: int) -> Samples:
    mixed = np.zeros(size, np.float32)
    for overlay in overlays:
        start = int(overlay.at * RATE)
        part = overlay.samples[: max(0, size - start)]
        mixed[start : start + part.size] += part
    return mixed


def _add_echo(tail: Samples, block: Samples, response: Samples, level: float) -> Samples:
    """The block through a softly clipping loudspeaker and the room, added to what still rings."""
    if not block.any():
        return tail
    size = 1 << int(np.ceil(np.log2(block.size + response.size)))
    distorted = np.tanh(_DRIVE * block / _PEAK) * level / _DISTORTED
    spectrum = np.fft.rfft(distorted, size) * np.fft.rfft(response, size)
    echo = np.fft.irfft(spectrum, size)[: tail.size]
    found = tail.copy()
    found[: echo.size] += echo
    return found.astype(np.float32)


_PEAK = 0.5
"""Of our own voice."""

_DISTORTED = 0.2
"""Its loudness while it sounds, after the loudspeaker."""
