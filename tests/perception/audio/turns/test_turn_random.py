"""Random traces of events: what must hold whatever happens in whatever order."""

from __future__ import annotations

import random

import pytest

from perception.audio.ipc.messages import Mode, TurnPhase
from perception.audio.turns.events import (
    Action,
    AnswerEnded,
    AskEndpoint,
    CancelTurn,
    Duck,
    Endpoint,
    EndTurn,
    Event,
    Frame,
    Hold,
    Interrupt,
    Lost,
    ModeChanged,
    Muted,
    PlayedOut,
    Playing,
    Pressed,
    Release,
    Released,
    ReportPause,
    ReportResume,
    Show,
    StartTurn,
    Woken,
    WordsRecognised,
)
from perception.audio.turns.machine import MachineState, Rules, step

TEXTS = ("", "Mm-hm.", "What is the time?", "and then", "Stop.", "我想", "对对", "yeah but no")


class Watcher:
    """Checks each action against what was promised; raises AssertionError where it is broken."""

    def __init__(self) -> None:
        self.open = ""
        self.paused = False
        self.ducked = self.held = False
        self.seen: set[str] = set()
        self.ended: set[str] = set()
        self.last_until = 0.0
        self.asked: list[tuple[str, float]] = []

    def check(self, event: Event, actions: tuple[Action, ...], state: MachineState) -> None:
        for action in actions:
            self._one(action)
        assert bool(self.open) == (state.speech is not None)
        assert (self.ducked, self.held) == (state.ducked, state.held)
        if state.muted:
            assert not self.open and not self.held
        if not self.open and state.onset is None:
            assert not self.held and not self.ducked
        if isinstance(event, Lost):
            assert not self.open
        shown = [action.phase for action in actions if isinstance(action, Show)]
        assert shown in ([], [state.phase])

    def _one(self, action: Action) -> None:
        match action:
            case StartTurn(turn, since, continues):
                assert not self.open and turn not in self.seen
                assert not continues or continues in self.ended
                assert continues or since >= self.last_until - 1e-9
                self.open, self.paused = turn, False
                self.seen.add(turn)
            case EndTurn(turn, since, until, ended, _):
                assert turn == self.open and since <= ended <= until + 1e-9
                self.open, self.last_until = "", until
                self.ended.add(turn)
            case CancelTurn(turn):
                assert turn == self.open
                self.open = ""
            case ReportPause(turn, _):
                assert turn == self.open and not self.paused
                self.paused = True
            case AskEndpoint(turn, at, _):
                assert turn == self.open and self.paused
                self.asked.append((turn, at))
            case ReportResume(turn):
                assert turn == self.open and self.paused
                self.paused = False
            case _:
                self._gate(action)

    def _gate(self, action: Action) -> None:
        match action:
            case Duck():
                assert not self.ducked and not self.held
                self.ducked = True
            case Hold():
                assert not self.held
                self.held = True
            case Release():
                assert self.ducked or self.held
                self.ducked = self.held = False
            case Interrupt(turn):
                assert turn
                self.ducked = self.held = False


class Chaos:
    """Events that come in any order, with times that only grow."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.now = 100.0
        self.voice = False

    def event(self, state: MachineState, watcher: Watcher) -> Event:
        self.now += 0.032
        if self.dice.random() < 0.08:
            self.voice = not self.voice
        if self.dice.random() < 0.85:
            voice = self.dice.uniform(0.5, 1.0) if self.voice else self.dice.uniform(0.0, 0.4)
            echo = 1.0 if self.dice.random() < 0.05 else 0.0
            return Frame(self.now, voice, far=bool(state.playing), echo=echo)
        return self.dice.choice(self._others(state, watcher))

    def _others(self, state: MachineState, watcher: Watcher) -> list[Event]:
        pick, now = self.dice.choice, self.now
        turn = pick([watcher.open, f"c-{state.count}", "typed"])
        asked = pick(watcher.asked) if watcher.asked else ("none", 0.0)
        return [
            WordsRecognised(turn, pick(TEXTS), pick([0.0, now, now - 0.5])),
            WordsRecognised(turn, pick(TEXTS)),
            Endpoint(*asked, self.dice.random()),
            Playing(pick([state.thinking or "typed", "typed"]), now),
            PlayedOut(pick([state.playing, "typed"]), now),
            AnswerEnded(turn, now),
            Pressed(now),
            Released(now, discard=self.dice.random() < 0.3),
            Woken(now),
            *([Muted(self.dice.random() < 0.3, now)] if self.dice.random() < 0.3 else []),
            *([ModeChanged(pick(list(Mode)), now)] if self.dice.random() < 0.2 else []),
            *([Lost(now)] if self.dice.random() < 0.2 else []),
        ]


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("seed", range(8))
def test_promises_hold_on_random_traces(mode: Mode, seed: int) -> None:
    chaos, watcher, rules = Chaos(seed), Watcher(), Rules(patience=(seed % 3) * 0.5)
    state, actions = step(MachineState("c"), ModeChanged(mode, chaos.now), rules)
    watcher.check(ModeChanged(mode, chaos.now), actions, state)
    for _ in range(3000):
        event = chaos.event(state, watcher)
        state, actions = step(state, event, rules)
        watcher.check(event, actions, state)
    assert watcher.seen


@pytest.mark.parametrize("seed", range(20))
def test_silence_always_leads_back_to_rest(seed: int) -> None:
    """Whatever happened: without a voice and with every answer over, nothing is left open."""
    chaos, watcher, rules = Chaos(seed), Watcher(), Rules()
    state, _ = step(MachineState("c"), ModeChanged(Mode.OPEN, chaos.now), rules)
    for _ in range(seed * 17 + 40):
        event = chaos.event(state, watcher)
        if isinstance(event, ModeChanged | Muted):
            continue
        state, actions = step(state, event, rules)
        watcher.check(event, actions, state)
    for _ in range(100):
        chaos.now += 0.032
        state, actions = step(state, Frame(chaos.now, 0.0), rules)
        watcher.check(Frame(chaos.now, 0.0), actions, state)
    for turn in (state.thinking, state.playing):
        for event in (PlayedOut(turn, chaos.now), AnswerEnded(turn, chaos.now)):
            state, actions = step(state, event, rules)
            watcher.check(event, actions, state)
    assert state.phase is TurnPhase.LISTENING
    assert not watcher.open and not watcher.held and not watcher.ducked
