"""A room with Candor's speaker in it, faster than real time: echo, canceller, ears' turn-taking.

The speaker distorts (tanh) and gives out sound 60 ms after it was decided; what it plays is
ducked and held as the machine says. The mind is Whisper, which answers a little late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from perception.audio.echo import EchoCanceller
from perception.audio.farend import FarEnd
from perception.audio.messages import Mode, Pause, Resumed, Voice, Withdrawn
from perception.audio.turn_events import Answered, ModeChanged, Playing, Words
from perception.audio.turn_taking import Outlet, TurnTaking
from perception.audio.vad import RATE, VoiceActivity
from perception.hearing import Hearing, Hints
from perception.types import AudioChunk, Samples, Utterance

BLOCK = RATE // 50
SECONDS = BLOCK / RATE
VOICE_LEVEL = 10 ** (-26 / 20)
_SPEAKER_LEVEL = 10 ** (-20 / 20)
_LATENCY = 3  # blocks from a decision to the speaker
_DUCKED = 0.18
_DRIVE = 3.0
_REVERB = 0.4
_ROOM_NOISE = 3e-4
_WORDS_LATE, _PARTIAL = 0.35, 0.9


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that ears did, in seconds from the beginning."""

    at: float
    what: str


def at_level(samples: Samples, level: float) -> Samples:
    """The sound with its loud half (the voice in it) at an RMS of `level`."""
    usable = samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)
    power = np.sort(np.mean(np.square(usable), axis=1))
    loud = float(np.sqrt(np.mean(power[len(power) // 2 :]))) if len(power) else 0.0
    return (samples * (level / max(loud, 1e-6))).astype(np.float32)


class Speaker:
    """Plays a track for ever, ducked or held; gives what sounds and what comes back of it."""

    def __init__(self, track: Samples, response: Samples, echo_level: float) -> None:
        self._track = at_level(track, _SPEAKER_LEVEL)
        self._place = 0
        response = response[int(np.abs(response).argmax()) :][: int(_REVERB * RATE)]
        self._size = 1 << int(np.ceil(np.log2(len(response) + BLOCK)))
        self._spectrum = np.fft.rfft(response, self._size)
        self._tail = np.zeros(self._size)
        self._gain = 1.0
        self._gain = echo_level / self._loudness()
        self._tail[:] = 0.0
        self._place = 0

    def _loudness(self) -> float:
        blocks = [self.echo(self.play(1.0)) for _ in range(min(500, len(self._track) // BLOCK))]
        power = np.sort([float(np.mean(np.square(block))) for block in blocks])
        return max(1e-6, float(np.sqrt(np.mean(power[len(power) // 2 :]))))

    def play(self, volume: float) -> Samples:
        """The next block; at volume 0 the track waits."""
        if volume <= 0.0:
            return np.zeros(BLOCK, np.float32)
        places = np.arange(self._place, self._place + BLOCK)
        self._place += BLOCK
        return (np.take(self._track, places, mode="wrap") * volume).astype(np.float32)

    def echo(self, played: Samples) -> Samples:
        """What the microphone hears of a block, with what still rings."""
        bent = np.tanh(_DRIVE * played) / _DRIVE
        sound = np.fft.irfft(np.fft.rfft(bent, self._size) * self._spectrum, self._size)
        self._tail += sound
        heard = self._tail[:BLOCK].copy() * self._gain
        self._tail = np.concatenate([self._tail[BLOCK:], np.zeros(BLOCK)])
        return heard.astype(np.float32)


class Room:
    """Ears in the room; `notes` is what they did."""

    def __init__(self, speaker: Speaker, voice: VoiceActivity, hearing: Hearing) -> None:
        self.notes: list[Noted] = []
        self._speaker, self._hearing = speaker, hearing
        self._far = FarEnd()
        self._canceller = EchoCanceller(self._far)
        self._dice = np.random.default_rng(0)
        self._volume, self._number, self._now = 1.0, 0, 0.0
        self._said: dict[str, list[Voice]] = {}
        self._later: list[tuple[float, Words]] = []
        self._turns = TurnTaking(
            Outlet(
                tell_mind=self._mind,
                hand_over=lambda _utterance: True,
                show=lambda _floor: None,
                duck=lambda: self._gate("duck", _DUCKED),
                hold=lambda: self._gate("hold", 0.0),
                release=lambda: self._gate("release", 1.0),
                interrupt=lambda _turn: self._gate("interrupt", 0.0),
            )
        )
        self._turns.voice = voice.stream()
        self._turns.take(ModeChanged(Mode.OPEN, 0.0))

    def live(self, near: Samples) -> None:
        """Hear the near sound to its end, beside the speaker."""
        coming = [np.zeros(BLOCK, np.float32)] * _LATENCY
        for block in _blocks(near):
            self._answer()
            coming.append(self._speaker.play(self._volume))
            self._far.put(coming[-1], RATE, self._now + _LATENCY * SECONDS)
            sounds = block + self._speaker.echo(coming.pop(0))
            sounds += self._dice.standard_normal(BLOCK).astype(np.float32) * _ROOM_NOISE
            clean = self._canceller.process(AudioChunk(sounds, RATE, self._now))
            self._now += SECONDS
            if clean is not None:
                self._turns.hear(clean, self._far.sounds, self._canceller.likelihood)

    def _answer(self) -> None:
        """Candor always has something to say, and Whisper answers."""
        for at, words in tuple(self._later):
            if at <= self._now:
                self._later.remove((at, words))
                self._turns.take(words)
        state = self._turns.state
        if state.thinking and state.speech is None:
            self._turns.take(Answered(state.thinking, self._now))
        if not self._turns.state.playing and self._turns.state.speech is None:
            self._number += 1
            self._volume = 1.0
            self._turns.take(Playing(f"answer-{self._number}", self._now))

    def _gate(self, what: str, volume: float) -> None:
        self.notes.append(Noted(self._now, what))
        self._volume = volume

    def _mind(self, message: Voice | Pause | Resumed | Withdrawn) -> None:
        match message:
            case Voice(turn):
                said = self._said.setdefault(turn, [])
                said.append(message)
                seconds = sum(len(piece.samples) for piece in said) / RATE
                if seconds // _PARTIAL > (seconds - len(message.samples) / RATE) // _PARTIAL:
                    self._understand(turn)
            case Pause(turn):
                self._understand(turn)
            case Withdrawn(turn):
                self._said.pop(turn, None)
            case Resumed():
                return

    def _understand(self, turn: str) -> None:
        pieces = self._said.get(turn, [])
        if not pieces or not self._turns.state.speech or not self._turns.state.speech.doubtful:
            return
        samples = np.concatenate([piece.samples for piece in pieces])
        until = pieces[-1].at + len(pieces[-1].samples) / RATE
        said = Utterance(turn, samples, RATE, pieces[0].at, until)
        *_, heard = self._hearing.hear(said, Hints(quick=True))
        self._later.append((self._now + _WORDS_LATE, Words(turn, heard.text, until)))


def _blocks(sound: Samples) -> Iterator[Samples]:
    for start in range(0, len(sound) - BLOCK + 1, BLOCK):
        yield sound[start : start + BLOCK]
