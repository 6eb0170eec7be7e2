"""Hands-free modes over a real sound server: turns, barge-in, mute, wake word, lost devices."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from agent.voice.hibari import Hibari
from perception.audio.ipc.link import Link
from perception.audio.ipc.messages import (
    Devices,
    Level,
    Listen,
    Mode,
    Mute,
    Played,
    ReplyEnded,
    SetMic,
    SpeechBlock,
    SpeechPaused,
    Tried,
    Trouble,
    TryDevices,
    TurnCancelled,
    TurnPhase,
    TurnState,
    Viseme,
)
from perception.types import Samples, Utterance
from tests.perception.audio.ipc.test_ears import hold, ready, tone
from tests.perception.audio.running import RunningEars
from tests.sound import SoundRoom, make_room

Recording = tuple[Samples, int]
_ANSWER = (
    "The moon pulls on the oceans, and the water rises on the side that faces it. "
    "You can boil an egg for seven minutes if you like the yolk a little soft. "
    "The train leaves at a quarter past nine from platform four."
)


@pytest.fixture(scope="module")
def candor() -> Hibari:
    """Our own voice."""
    return Hibari(1)


@pytest.fixture
def folder(models: Callable[[str], Path]) -> str:
    """Where the models are."""
    return str(models("silero-vad").parent)


@pytest.fixture
def own_voice(candor: Hibari) -> Recording:
    """Some sentences of an answer."""
    return np.concatenate(list(candor.speak(_ANSWER))), candor.rate


@pytest.fixture
def echo(room: SoundRoom) -> Iterator[None]:
    """The speaker is heard by the microphone."""
    module = room.control(
        "load-module", "module-loopback", "source=spk.monitor", "sink=micfeed", "latency_msec=40"
    )
    inputs = room.control("list", "short", "sink-inputs").splitlines()
    number = next(line.split()[0] for line in inputs if "loopback" in line)
    room.control("set-sink-input-volume", number, "75%")
    yield
    room.control("unload-module", module.strip())


def listen(ears: RunningEars, folder: str, mode: Mode = Mode.OPEN, word: str = "") -> None:
    """Change the mode, and wait until it is so and the microphone gives sound."""
    ears.window.clear()
    ears.tell(Listen(mode, word, 0.0, folder))
    ears.window.wait(TurnState, lambda floor: floor.mode is mode, 20)
    if mode in (Mode.OPEN, Mode.WAKE):
        ears.window.wait(Level)


def link(ears: RunningEars) -> Link:
    """The mind's line to ears."""
    assert ears.link is not None
    assert ears.link._link is not None
    return ears.link._link


def answered(ears: RunningEars, turn: str) -> None:
    """Say as the mind that this turn is over."""
    ears.window.clear()
    link(ears).send(ReplyEnded(turn))
    ears.window.wait(TurnState, lambda floor: floor.phase is not TurnPhase.THINKING)


def test_an_open_microphone_hears_one_utterance_as_it_was_streamed(
    room: SoundRoom, ears: RunningEars, voice: Recording, folder: str
) -> None:
    ready(ears)
    listen(ears, folder)
    room.speak(*voice)
    said = ears.mind.wait(Utterance)
    pieces = [piece for piece in ears.mind.all(SpeechBlock) if piece.turn == said.turn]
    streamed = np.concatenate([piece.samples for piece in pieces])
    assert len(pieces) > 5
    assert np.array_equal(streamed[: said.samples.size], said.samples[: streamed.size])
    assert said.samples.size > 0.9 * 16_000 * voice[0].size / voice[1]
    assert 0 < said.ended - said.at < 1.5 * voice[0].size / voice[1]
    assert ears.mind.wait(SpeechPaused).turn == said.turn
    answered(ears, said.turn)
    time.sleep(0.8)
    assert len(ears.mind.all(Utterance)) == 1
    phases = [floor.phase for floor in ears.window.all(TurnState)]
    assert phases == [TurnPhase.LISTENING]
    assert not ears.window.all(Trouble)


@pytest.mark.usefixtures("echo")
def test_our_own_voice_does_not_interrupt_and_the_user_does(
    room: SoundRoom, ears: RunningEars, voice: Recording, folder: str, own_voice: Recording
) -> None:
    ready(ears)
    listen(ears, folder)
    assert ears.link is not None
    ears.link.play("t", 0, *own_voice)
    ears.link.finish("t")
    ears.mind.wait(Played, lambda played: played.seconds > 4.0)
    assert ears.window.wait(Level, lambda level: level.peak > 0)
    assert not ears.mind.all(Utterance)
    assert not [played for played in ears.mind.all(Played) if played.finished]
    assert max(mouth.open for mouth in ears.window.all(Viseme)) > 0.3
    began = ears.mind.all(Played)[0].began
    room.speak(*voice)
    end = ears.mind.wait(Played, lambda played: played.finished)
    assert end.cut
    assert end.began == began > 0
    said = ears.mind.wait(Utterance)
    assert said.samples.size > 0.8 * 16_000 * voice[0].size / voice[1]


def test_a_nod_of_noise_is_withdrawn_and_the_answer_goes_on(
    room: SoundRoom, ears: RunningEars, voice: Recording, folder: str
) -> None:
    ready(ears)
    listen(ears, folder)
    assert ears.link is not None
    ears.link.play("t", 0, tone(5.0), 24_000)
    ears.link.finish("t")
    ears.mind.wait(Played, lambda played: played.seconds > 0.5)
    start = voice[1] // 2
    room.speak(voice[0][start : start + int(0.2 * voice[1])], voice[1])
    end = ears.mind.wait(Played, lambda played: played.finished, 15)
    assert (end.cut, end.unheard) == (False, False)
    assert end.seconds == pytest.approx(5.0, abs=0.1)
    begun = {piece.turn for piece in ears.mind.all(SpeechBlock)}
    assert begun == {gone.turn for gone in ears.mind.all(TurnCancelled)}
    assert not ears.mind.all(Utterance)


def test_a_muted_microphone_is_closed_in_every_mode(
    room: SoundRoom, ears: RunningEars, voice: Recording, folder: str
) -> None:
    ready(ears)
    ears.tell(Mute(True))
    ears.tell(Listen(Mode.OPEN, "", 0.0, folder))
    ears.window.wait(TurnState, lambda floor: floor.mode is Mode.OPEN and floor.muted)
    room.speak(*voice)
    assert not ears.mind.all(SpeechBlock)
    assert "source-output" not in room.control("list", "short", "source-outputs")
    ears.tell(Mute(False))
    ears.window.wait(TurnState, lambda floor: not floor.muted)
    ears.window.wait(Level, lambda level: level.rms >= 0)
    listen(ears, folder, Mode.HOLD)
    hold(ears)
    room.speak(*voice)
    ears.tell(SetMic(False))
    said = ears.mind.wait(Utterance)
    assert {piece.turn for piece in ears.mind.all(SpeechBlock)} == {said.turn}


def test_a_wake_word_opens_the_microphone(
    room: SoundRoom, ears: RunningEars, voice: Recording, folder: str, candor: Hibari
) -> None:
    ready(ears)
    listen(ears, folder, Mode.WAKE, "hey_jarvis")
    room.speak(voice[0][: voice[1]], voice[1])
    assert not ears.mind.all(SpeechBlock)
    assert ears.window.all(TurnState)[-1].phase is TurnPhase.WAITING
    room.speak(np.concatenate(list(candor.speak("Hey Jarvis."))), candor.rate)
    ears.window.wait(TurnState, lambda floor: floor.phase is TurnPhase.LISTENING)
    room.speak(*voice)
    said = ears.mind.wait(Utterance)
    assert said.samples.size > 0.8 * 16_000 * voice[0].size / voice[1]


@pytest.mark.sound
def test_a_microphone_pulled_out_within_a_word_ends_the_turn_and_comes_back(
    tmp_path: Path, voice: Recording, folder: str
) -> None:
    with make_room(tmp_path) as room, RunningEars(room.environment) as ears:
        ready(ears)
        listen(ears, folder)
        half = voice[0][: int(1.2 * voice[1])]
        room.speak(np.concatenate([half, half[-voice[1] // 4 :]]), voice[1])
        room.unplug()
        said = ears.mind.wait(Utterance)
        assert said.samples.size > 16_000
        assert "disconnected" in ears.window.wait(Trouble).message
        ears.window.wait(Devices, lambda devices: devices.microphone == "")
        room.plug()
        ears.window.clear()
        ears.window.wait(Level)
        link(ears).send(ReplyEnded(said.turn))
        room.speak(*voice)
        assert ears.mind.wait(Utterance, lambda heard: heard.turn != said.turn).samples.size


def test_trying_the_devices_plays_records_and_plays_back(
    room: SoundRoom, ears: RunningEars, voice: Recording, folder: str
) -> None:
    ready(ears)
    listen(ears, folder)
    ears.window.clear()
    began = time.monotonic()
    ears.tell(TryDevices())
    ears.window.wait(Level)
    time.sleep(0.7)
    room.speak(voice[0][: 2 * voice[1]], voice[1])
    tried = ears.window.wait(Tried, seconds=20)
    assert tried.peak > 0.1
    heard, _ = room.hear(began)
    assert np.max(np.abs(heard)) > 0.1
    assert not ears.mind.all(Utterance)
    assert not ears.mind.all(Played)


def test_without_models_hold_to_talk_goes_on(
    room: SoundRoom, ears: RunningEars, voice: Recording, tmp_path: Path
) -> None:
    ready(ears)
    ears.tell(Listen(Mode.OPEN, "", 0.0, str(tmp_path)))
    assert "candor models get" in ears.window.wait(Trouble).hint
    hold(ears)
    room.speak(*voice)
    ears.tell(SetMic(False))
    assert ears.mind.wait(Utterance).samples.size > 16_000
    assert len(ears.window.all(Trouble)) == 1


def test_ears_load_no_torch(folder: str) -> None:
    program = (
        "import queue, sys\n"
        "from perception.audio.models import AudioModels\n"
        "from perception.audio.echo.far_end import FarEnd\n"
        "from perception.audio.ipc.messages import Listen, Mode\n"
        "import perception.audio.process\n"
        "done = queue.SimpleQueue()\n"
        "models = AudioModels(FarEnd(), done.put)\n"
        "models.prepare(Listen(Mode.WAKE, 'hey_jarvis', 0.0, sys.argv[1]))\n"
        "assert done.get(timeout=60).trouble is None\n"
        "print(sorted({'torch', 'transformers', 'PySide6', 'cv2'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, folder], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
