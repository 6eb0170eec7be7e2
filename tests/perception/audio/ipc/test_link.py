"""The link between mind and ears: minds that come, go and are not let in."""

from __future__ import annotations

import os
import signal
import sys
import time
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from perception.audio.ipc.link import ADDRESS, KEY
from perception.audio.ipc.messages import Played, SetMic, Trouble
from perception.types import Samples, Utterance
from tests.perception.audio.ipc.test_ears import hold, ready, tone
from tests.perception.audio.running import RunningEars
from tests.sound import SoundRoom
from tests.waiting import until

Voice = tuple[Samples, int]


def test_words_wait_for_a_mind_and_are_given_once(room: SoundRoom, voice: Voice) -> None:
    with RunningEars(room.environment, with_mind=False) as ears:
        ready(ears)
        hold(ears)
        room.speak(*voice)
        ears.tell(SetMic(False))
        assert "kept" in ears.window.wait(Trouble).hint
        ears.meet()
        said = ears.mind.wait(Utterance)
        assert said.samples.size > 16_000
        time.sleep(0.3)
        assert ears.link is not None
        ears.link.close()
        ears.mind.clear()
        ears.meet()
        time.sleep(0.5)
        assert not ears.mind.all(Utterance)


def test_a_mind_that_never_took_the_words_leaves_them_to_the_next(
    room: SoundRoom, voice: Voice
) -> None:
    with RunningEars(room.environment, with_mind=False) as ears:
        ready(ears)
        deaf = Client(ears.place[ADDRESS], authkey=bytes.fromhex(ears.place[KEY]))
        time.sleep(0.2)
        hold(ears)
        room.speak(*voice)
        ears.tell(SetMic(False))
        assert deaf.poll(5)
        deaf.close()
        ears.meet()
        assert ears.mind.wait(Utterance).samples.size > 16_000


def test_a_stranger_is_not_let_in(ears: RunningEars) -> None:
    with pytest.raises((AuthenticationError, EOFError, OSError)):
        Client(ears.place[ADDRESS], authkey=b"guess")
    if sys.platform != "win32":
        assert Path(ears.place[ADDRESS]).parent.stat().st_mode & 0o077 == 0
    again = ears.meet()
    assert again.connected


def test_a_mind_learns_that_ears_are_gone_and_finds_the_next(ears: RunningEars) -> None:
    ready(ears)
    assert ears.link is not None
    ears.link.play("t", 0, tone(5.0), 24_000)
    ears.mind.wait(Played)
    os.kill(ears.process.pid, signal.SIGKILL)
    end = ears.mind.wait(Played, lambda played: played.finished)
    assert end.unheard
    ears.process.wait()
    ears.stop()
    ears.link.finish("lost")
    assert ears.mind.wait(Played, lambda played: played.turn == "lost").finished
    ears.start()
    ready(ears)
    link = ears.link
    assert until(lambda: link.connected, 10)
    ears.link.play("u", 0, tone(0.3), 24_000)
    ears.link.finish("u")
    end = ears.mind.wait(Played, lambda played: played.finished and played.turn == "u")
    assert not end.unheard
