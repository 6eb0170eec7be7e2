"""Mind and ears in one word: who counts when."""

from __future__ import annotations

import pytest

from agent.types import Phase
from desktop.session.pose import Pose, floor_at_rest, pose_of
from perception.audio.ipc.messages import Mode, TurnPhase, TurnState


@pytest.mark.parametrize(
    ("phase", "floor", "pose"),
    [
        (Phase.IDLE, TurnPhase.OFF, Pose.IDLE),
        (Phase.LOADING, TurnPhase.LISTENING, Pose.LOADING),
        (Phase.IDLE, TurnPhase.LISTENING, Pose.LISTENING),
        (Phase.IDLE, TurnPhase.WAITING, Pose.WAITING),
        (Phase.HEARING, TurnPhase.LISTENING, Pose.LISTENING),
        (Phase.THINKING, TurnPhase.USER, Pose.HEARING),
        (Phase.THINKING, TurnPhase.LISTENING, Pose.THINKING),
        (Phase.LOOKING, TurnPhase.THINKING, Pose.LOOKING),
        (Phase.SPEAKING, TurnPhase.INTERRUPTED, Pose.INTERRUPTED),
        (Phase.IDLE, TurnPhase.SPEAKING, Pose.SPEAKING),
        (Phase.SPEAKING, TurnPhase.MAYBE_FINISHED, Pose.MAYBE_FINISHED),
    ],
)
def test_who_has_the_floor_counts_most(phase: Phase, floor: TurnPhase, pose: Pose) -> None:
    assert pose_of(phase, TurnState(floor, Mode.OPEN, False), talking=False) is pose


def test_a_hand_on_the_button_is_heard_before_ears_say_so() -> None:
    rest = floor_at_rest(Mode.HOLD, muted=False)
    assert pose_of(Phase.IDLE, rest, talking=True) is Pose.HEARING


def test_muted_it_still_shows_the_answer() -> None:
    muted = floor_at_rest(Mode.OPEN, muted=True)
    assert pose_of(Phase.IDLE, muted, talking=False) is Pose.MUTED
    assert pose_of(Phase.THINKING, muted, talking=False) is Pose.THINKING
    speaking = TurnState(TurnPhase.SPEAKING, Mode.OPEN, True)
    assert pose_of(Phase.SPEAKING, speaking, talking=False) is Pose.SPEAKING
