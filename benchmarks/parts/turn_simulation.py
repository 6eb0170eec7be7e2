"""Turn-taking on a recorded sound, faster than real time: Silero, smart-turn, Whisper, the machine.

Models answer after the time that they take in a talk, so that decisions fall as they would there.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from perception.audio.ipc.messages import Mode
from perception.audio.turns.end_of_turn import TurnEndpoint
from perception.audio.turns.events import (
    Action,
    AskEndpoint,
    Endpoint,
    EndTurn,
    Event,
    Frame,
    ModeChanged,
    Playing,
    ReportPause,
    StartTurn,
    WordsRecognised,
)
from perception.audio.turns.machine import MachineState, Rules, step
from perception.audio.vad import CHUNK, VoiceActivity
from perception.hearing import Hearing, Hints
from perception.types import RATE, Samples, Utterance

FRAME = CHUNK / RATE


@dataclass(frozen=True, slots=True)
class Delays:
    """How late answers come, in seconds: smart-turn, words after a pause, sound after a voice."""

    endpoint: float = 0.06
    words: float = 0.3
    answer: float = 0.7


class Judge(Protocol):
    """What models say of a sound from `since` to `until` seconds."""

    def complete(self, since: float, until: float) -> float:
        """smart-turn's probability."""
        ...

    def words(self, since: float, until: float) -> str:
        """Whisper's words."""
        ...


class Models:
    """The real models, asked once for each piece of one sound."""

    def __init__(self, sound: Samples, endpoint: TurnEndpoint, hearing: Hearing) -> None:
        self._sound, self._endpoint, self._hearing = sound, endpoint, hearing
        self._known: dict[tuple[str, float, float], float | str] = {}

    def complete(self, since: float, until: float) -> float:
        """See `Judge.complete`."""
        key = ("endpoint", round(since, 3), round(until, 3))
        if key not in self._known:
            self._known[key] = self._endpoint.complete(self._piece(since, until))
        return float(self._known[key])

    def words(self, since: float, until: float) -> str:
        """See `Judge.words`."""
        key = ("words", round(since, 3), round(until, 3))
        if key not in self._known:
            piece = Utterance("", self._piece(since, until), RATE, since, until)
            *_, heard = self._hearing.hear(piece, Hints(quick=True))
            self._known[key] = heard.text
        return str(self._known[key])

    def _piece(self, since: float, until: float) -> Samples:
        return self._sound[max(0, round(since * RATE)) : round(until * RATE)]


@dataclass(frozen=True, slots=True)
class Done:
    """One action, and when it was given."""

    at: float
    action: Action


def probabilities(sound: Samples, voice: VoiceActivity) -> list[float]:
    """Silero's probability for each 32 ms."""
    return [float(chance) for chance in voice.stream().probabilities(sound)]


def simulate(
    chances: list[float], judge: Judge, rules: Rules, delays: Delays, hears: bool = True
) -> list[Done]:
    """What the machine does in open microphone mode; without `hears` it gets no words.

    Each ended turn is answered with sound `delays.answer` after the voice's end, or at once where
    that is over, unless the voice goes on before; the answer then plays to the end of the sound.
    """
    return list(_run(chances, judge, rules, delays, hears))


def _run(
    chances: list[float], judge: Judge, rules: Rules, delays: Delays, hears: bool
) -> Iterator[Done]:
    state, _ = step(MachineState("t"), ModeChanged(Mode.OPEN, 0.0), rules)
    later: list[tuple[float, int, Event]] = []
    order = itertools.count()
    since = 0.0
    for number, chance in enumerate(chances):
        now = (number + 1) * FRAME
        due = []
        while later and later[0][0] <= now:
            due.append(heapq.heappop(later)[2])
        for event in (*due, Frame(now, chance)):
            if isinstance(event, Playing) and (state.thinking != event.turn or state.speech):
                continue
            state, actions = step(state, event, rules)
            for action in actions:
                done = Done(now, action)
                yield done
                if isinstance(action, StartTurn):
                    since = action.since
                if hears or not isinstance(action, ReportPause):
                    for at, answer in _answers(done, since, judge, delays):
                        heapq.heappush(later, (at, next(order), answer))


def _answers(
    done: Done, since: float, judge: Judge, delays: Delays
) -> Iterator[tuple[float, Event]]:
    now = done.at
    match done.action:
        case AskEndpoint(turn, at, _):
            yield now + delays.endpoint, Endpoint(turn, at, judge.complete(since, now))
        case ReportPause(turn, at):
            yield now + delays.words, WordsRecognised(turn, judge.words(since, now), at)
        case EndTurn(turn, _, _, ended, _):
            sounds = max(now + FRAME, ended + delays.answer)
            yield sounds, Playing(turn, sounds)


def with_pause(sound: Samples, at: float, seconds: float, seed: int) -> Samples:
    """The sound with room noise put in at a moment, as loud as its own quietest parts."""
    cut = round(at * RATE)
    noise = room(sound, seconds, seed)
    fade = np.linspace(1.0, 0.0, 160, dtype=np.float32)
    before, after = sound[:cut].copy(), sound[cut:].copy()
    before[-160:] *= fade[-len(before[-160:]) :]
    after[:160] *= fade[::-1][: len(after[:160])]
    return np.concatenate([before, noise, after]).astype(np.float32)


def room(sound: Samples, seconds: float, seed: int) -> Samples:
    """Noise as loud as the sound's quietest tenth (at least -80 dB of full scale)."""
    usable = sound[: len(sound) // CHUNK * CHUNK].reshape(-1, CHUNK)
    levels = np.sqrt(np.mean(np.square(usable), axis=1)) if len(usable) else np.zeros(1)
    level = max(1e-4, float(np.quantile(levels, 0.1)))
    dice = np.random.default_rng(seed)
    return (dice.standard_normal(round(seconds * RATE)) * min(level, 0.01)).astype(np.float32)
