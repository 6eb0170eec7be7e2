"""Mind and ears in one word: who counts when."""

from __future__ import annotations

import pytest

from agent.types import Phase
from desktop.session.pose import Pose, floor_at_rest, pose_of
from perception.audio.ipc.messages import Floor, FloorPhase, Mode


@pytest.mark.parametrize(
    ("phase", "floor", "pose"),
    [
        (Phase.IDLE, FloorPhase.OFF, Pose.IDLE),
        (Phase.LOADING, FloorPhase.LISTENING, Pose.LOADING),
        (Phase.IDLE, FloorPhase.LISTENING, Pose.LISTENING),
        (Phase.IDLE, FloorPhase.WAITING, Pose.WAITING),
        (Phase.HEARING, FloorPhase.LISTENING, Pose.LISTENING),
        (Phase.THINKING, FloorPhase.USER, Pose.HEARING),
        (Phase.THINKING, FloorPhase.LISTENING, Pose.THINKING),
        (Phase.LOOKING, FloorPhase.THINKING, Pose.LOOKING),
        (Phase.SPEAKING, FloorPhase.INTERRUPTED, Pose.INTERRUPTED),
        (Phase.IDLE, FloorPhase.SPEAKING, Pose.SPEAKING),
        (Phase.SPEAKING, FloorPhase.MAYBE_FINISHED, Pose.MAYBE_FINISHED),
    ],
)
def test_who_has_the_floor_counts_most(phase: Phase, floor: FloorPhase, pose: Pose) -> None:
    assert pose_of(phase, Floor(floor, Mode.OPEN, False), talking=False) is pose


def test_a_hand_on_the_button_is_heard_before_ears_say_so() -> None:
    rest = floor_at_rest(Mode.HOLD, muted=False)
    assert pose_of(Phase.IDLE, rest, talking=True) is Pose.HEARING


def test_muted_it_still_shows_the_answer() -> None:
    muted = floor_at_rest(Mode.OPEN, muted=True)
    assert pose_of(Phase.IDLE, muted, talking=False) is Pose.MUTED
    assert pose_of(Phase.THINKING, muted, talking=False) is Pose.THINKING
    speaking = Floor(FloorPhase.SPEAKING, Mode.OPEN, True)
    assert pose_of(Phase.SPEAKING, speaking, talking=False) is Pose.SPEAKING
