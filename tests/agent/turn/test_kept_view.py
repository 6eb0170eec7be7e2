"""What the camera saw is kept with an answer that rests on it, and with no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from agent.commands import Say, SetCamera
from agent.events import Preview
from agent.types import Message, new_turn
from perception.picture import decode, encode
from perception.types import Snapshot
from tests.engines import ScriptedDialogue, Talk, engines


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    (tmp_path / "view.jpg").write_bytes(encode(Snapshot(np.full((90, 120, 3), 200, np.uint8), 0.0)))

    def answers(messages: Sequence[Message]) -> list[str]:
        asked = messages[-1].text
        return ["Tea is a drink."] if "tea" in asked else ["It says PLATFORM SEVEN."]

    parts = engines(tmp_path, ScriptedDialogue(answers), lines=["PLATFORM SEVEN"])
    made = Talk(tmp_path, parts)
    made.conversation.send(SetCamera(f"file:{tmp_path / 'view.jpg'}"))
    made.until(lambda event: isinstance(event, Preview) and event.scene is not None)
    yield made
    made.close()


def test_the_picture_is_kept_where_the_answer_rests_on_it(talk: Talk) -> None:
    seen, other = Say(new_turn(), None, "What does it say?"), Say(new_turn(), None, "What is tea?")
    talk.say(seen)
    talk.say(other)
    [kept] = talk.history.pictures(seen.turn)
    assert decode(kept, 0.0).pixels.shape == (90, 120, 3)
    assert talk.history.pictures(other.turn) == []
