"""The real window on a real screen: a voice into the microphone, a voice out of the speaker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]
import pytest

from agent.memory.history import History, StoredTurn
from agent.types import Ended
from agent.voice.hibari import load as load_voice
from perception.audio.files import read
from perception.hearing import Hints
from perception.hearing.whisper import load as load_hearing
from perception.types import Samples, Utterance
from tests.screen import display, xdotool
from tests.sound import RATE, SoundRoom, room
from tests.waiting import until
from tests.wording import share

__all__ = ["display", "room"]

ROOT = Path(__file__).parents[1]
SEARCH = ("search", "--onlyvisible", "--name", "Candor")
SETTLE_S = 1.0


@pytest.fixture
def window(
    display: str, room: SoundRoom, models: Callable[[str], Path]
) -> Iterator[dict[str, str]]:
    """The environment of a running Candor whose models are loaded."""
    models("qwen2.5-coder-1.5b-instruct")
    inherited = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    environment = {**inherited, **room.environment, "DISPLAY": display, "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen([sys.executable, "-m", "desktop"], env=environment, cwd=ROOT)
    assert until(lambda: bool(xdotool(environment, *SEARCH).stdout), 60), "no window came"
    xdotool(environment, *SEARCH, "windowactivate", "--sync")
    yield environment
    children = psutil.Process(program.pid).children(recursive=True)
    xdotool(environment, "key", "ctrl+q")
    assert program.wait(60) == 0
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def _ended() -> list[StoredTurn]:
    file = Path(os.environ["CANDOR_HOME"]) / "history.db"
    if not file.exists():
        return []
    history = History(file)
    turns = [turn for chat in history.chats() for turn in history.turns(chat.id)]
    history.close()
    return [turn for turn in turns if turn.ended]


def _hold_and_say(
    environment: dict[str, str], room: SoundRoom, samples: Samples, rate: int
) -> None:
    xdotool(environment, "keydown", "ctrl+space")
    time.sleep(SETTLE_S)
    room.speak(samples, rate)
    time.sleep(SETTLE_S)
    xdotool(environment, "keyup", "ctrl+space")


def test_a_question_held_and_spoken_is_answered_aloud(
    window: dict[str, str], room: SoundRoom, models: Callable[[str], Path]
) -> None:
    voice = load_voice(1)
    question = np.concatenate(list(voice.speak("What is the capital of France?")))
    began = time.monotonic()
    _hold_and_say(window, room, question, voice.rate)
    assert until(lambda: bool(_ended()), 180), "no turn ended"
    [turn] = _ended()
    assert share("the capital of France", turn.asked) >= 0.75
    assert turn.reply and turn.ended is Ended.DONE
    samples, _ = room.hear(began)
    said = Utterance("t", samples, RATE, 0.0, len(samples) / RATE)
    [*_, heard] = load_hearing(models("whisper-base"), "cpu", 2).hear(said, Hints(("en",)))
    assert share(turn.reply, heard.text) >= 0.5


def test_a_recorded_human_voice_is_understood(window: dict[str, str], room: SoundRoom) -> None:
    clip = read(Path(__file__).with_name("data") / "lj001-0013.flac")
    _hold_and_say(window, room, clip.samples, clip.rate)
    assert until(lambda: bool(_ended()), 180), "no turn ended"
    [turn] = _ended()
    # Under load the virtual sound card loses the first words.
    assert share("than in the same operations with ugly ones", turn.asked) >= 0.5
