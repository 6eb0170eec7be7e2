"""Turn-taking under any order of events: the shortest that breaks a promise is looked for."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from perception.audio.ipc.messages import Mode, TurnPhase
from perception.audio.turns.events import (
    AnswerEnded,
    Endpoint,
    Event,
    Frame,
    Lost,
    ModeChanged,
    Muted,
    PlayedOut,
    Playing,
    Pressed,
    Released,
    Woken,
    WordsRecognised,
)
from perception.audio.turns.machine import MachineState, Rules, step
from tests.perception.audio.turns.test_turn_random import TEXTS, Watcher
from tests.properties import PROPERTY

FRAME_S = 0.032
REST_FRAMES = 100


class TurnTaking(RuleBasedStateMachine):
    """Anything may happen after anything; the watcher checks every promise after each event."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.watcher, self.thresholds = MachineState("c"), Watcher(), Rules()
        self.now = 100.0

    def happens(self, event: Event) -> None:
        self.state, actions = step(self.state, event, self.thresholds)
        self.watcher.check(event, actions, self.state)

    @initialize(mode=st.sampled_from(Mode), patience=st.sampled_from((0.0, 0.5, 2.0)))
    def begins(self, mode: Mode, patience: float) -> None:
        self.thresholds = Rules(patience=patience)
        self.happens(ModeChanged(mode, self.now))

    @rule(
        voice=st.sampled_from((0.0, 0.3, 0.6, 1.0)),
        echo=st.sampled_from((0.0, 1.0)),
        frames=st.integers(1, 40),
    )
    def sounds(self, voice: float, echo: float, frames: int) -> None:
        for _ in range(frames):
            self.now += FRAME_S
            self.happens(Frame(self.now, voice, far=bool(self.state.playing), echo=echo))

    @rule(text=st.sampled_from(TEXTS), ago=st.sampled_from((None, 0.0, 0.5)), mine=st.booleans())
    def words_come(self, text: str, ago: float | None, mine: bool) -> None:
        turn = self.watcher.open if mine else "typed"
        self.happens(WordsRecognised(turn, text, 0.0 if ago is None else self.now - ago))

    @precondition(lambda self: self.watcher.asked)
    @rule(likely=st.floats(0.0, 1.0))
    def the_end_is_judged(self, likely: float) -> None:
        self.happens(Endpoint(*self.watcher.asked[-1], likely))

    @rule(thought=st.booleans())
    def the_answer_sounds(self, thought: bool) -> None:
        self.happens(Playing((thought and self.state.thinking) or "typed", self.now))

    @rule()
    def the_answer_was_heard(self) -> None:
        self.happens(PlayedOut(self.state.playing or "typed", self.now))

    @rule(turn=st.sampled_from(("open", "thinking", "typed")))
    def a_turn_is_answered(self, turn: str) -> None:
        known = {"open": self.watcher.open, "thinking": self.state.thinking, "typed": "typed"}
        self.happens(AnswerEnded(known[turn], self.now))

    @rule(kind=st.sampled_from(("press", "let go", "throw away", "wake", "lost")))
    def a_hand_or_a_fault(self, kind: str) -> None:
        events: dict[str, Event] = {
            "press": Pressed(self.now),
            "let go": Released(self.now, discard=False),
            "throw away": Released(self.now, discard=True),
            "wake": Woken(self.now),
            "lost": Lost(self.now),
        }
        self.happens(events[kind])

    @rule(on=st.booleans())
    def muted(self, on: bool) -> None:
        self.happens(Muted(on, self.now))

    @rule(mode=st.sampled_from(Mode))
    def mode_changes(self, mode: Mode) -> None:
        self.happens(ModeChanged(mode, self.now))

    def teardown(self) -> None:
        """An open microphone that hears nothing more comes to rest, whatever happened before."""
        if self.state.mode is not Mode.OPEN or self.state.muted:
            return
        for _ in range(REST_FRAMES):
            self.now += FRAME_S
            self.happens(Frame(self.now, 0.0))
        for turn in (self.state.thinking, self.state.playing):
            self.happens(PlayedOut(turn, self.now))
            self.happens(AnswerEnded(turn, self.now))
        assert self.state.phase is TurnPhase.LISTENING
        assert not (self.watcher.open or self.watcher.held or self.watcher.ducked)


TestTurnTaking = TurnTaking.TestCase
TestTurnTaking.settings = settings(PROPERTY, stateful_step_count=40)
