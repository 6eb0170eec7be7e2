"""Pictures that wait for a spoken question."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from agent.types import (
    Asked,
    Attach,
    Ended,
    new_turn,
)
from perception.picture import encode
from perception.types import Snapshot, Utterance
from tests.engines import Talk, engines, scripted

PICTURE = encode(Snapshot(np.zeros((64, 64, 3), np.uint8), 0.0))


def _spoken() -> Utterance:
    return Utterance(new_turn(), np.zeros(160, np.float32), 16000, 0.0, 0.0)


def test_pictures_go_with_the_next_spoken_question_and_with_no_other(tmp_path: Path) -> None:
    talk = Talk(tmp_path, engines(tmp_path, scripted("A sign."), lines=["PLATFORM 7"]))
    first, second = _spoken(), _spoken()
    talk.conversation.send(Attach((PICTURE,)))
    talk.conversation.hear(first)
    assert talk.reply(first.turn).ended is Ended.DONE
    talk.conversation.hear(second)
    assert talk.reply(second.turn).ended is Ended.DONE
    assert talk.history.pictures(first.turn) == [PICTURE]
    assert talk.history.pictures(second.turn) == []
    seen = [event.scene for event in talk.seen if isinstance(event, Asked)]
    assert [item.label for scene in seen if scene for item in scene.texts] == ["PLATFORM 7"]
    talk.close()
