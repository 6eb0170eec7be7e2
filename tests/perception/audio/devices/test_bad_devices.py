"""Microphones and speakers that are not there, go away, come back or stay silent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from perception.audio.ipc.messages import (
    ChooseDevices,
    Devices,
    Flush,
    Level,
    Played,
    SetMic,
    Trouble,
)
from perception.types import Samples, Utterance
from tests.perception.audio.ipc.test_ears import hold, ready, tone
from tests.perception.audio.running import RunningEars
from tests.sound import RATE, SoundRoom, loudest, make_room
from tests.waiting import until

Voice = tuple[Samples, int]


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[SoundRoom]:
    """A room of its own, to be broken."""
    with make_room(tmp_path) as made:
        yield made


@pytest.fixture
def ears_there(fragile: SoundRoom) -> Iterator[RunningEars]:
    """Ears in that room."""
    with RunningEars(fragile.environment) as running:
        ready(running)
        yield running


def test_a_microphone_is_pulled_out_and_put_back(
    fragile: SoundRoom, ears_there: RunningEars, voice: Voice
) -> None:
    ears = ears_there
    hold(ears)
    fragile.speak(*voice)
    said = time.monotonic()
    fragile.unplug()
    assert "disconnected" in ears.window.wait(Trouble, seconds=3).message
    ears.window.wait(Devices, lambda devices: devices.microphone == "")
    assert ears.link is not None
    ears.link.play("t", 0, tone(0.5), 24_000)
    ears.mind.wait(Played, lambda played: played.seconds > 0.2)
    pulled = time.monotonic()
    fragile.plug()
    ears.window.clear()
    ears.window.wait(Level, seconds=5)
    assert time.monotonic() - pulled < 30
    ears.tell(SetMic(False))
    utterance = ears.mind.wait(Utterance)
    assert utterance.at < said
    assert utterance.samples.size > 16_000 * voice[0].size / voice[1]
    monitored = np.fft.rfft(utterance.samples[-8_000:])
    assert np.abs(monitored[int(440 / 2)]) < 100  # the answer's tone is not what was said


def test_the_sound_server_dies_and_comes_back(
    fragile: SoundRoom, ears_there: RunningEars, voice: Voice
) -> None:
    ears = ears_there
    assert ears.link is not None
    ears.link.play("t", 0, tone(20.0), 24_000)
    ears.mind.wait(Played)
    ears.tell(ChooseDevices("", ""))
    ears.window.clear()
    fragile.stop()
    ears.link.finish("t")
    end = ears.mind.wait(Played, lambda played: played.finished)
    assert end.unheard
    assert ears.window.wait(Trouble)
    ears.window.clear()
    fragile.start()
    ready(ears)
    began = time.monotonic()
    ears.link.play("u", 0, tone(0.5), 24_000)
    ears.link.finish("u")
    assert not ears.mind.wait(Played, lambda p: p.finished and p.turn == "u").unheard
    assert until(lambda: loudest(fragile, began) > 0.2, 5)
    hold(ears)
    fragile.speak(*voice)
    ears.tell(SetMic(False))
    assert ears.mind.wait(Utterance).samples.size > 16_000


def test_a_speaker_that_goes_away_hands_over_to_the_next(
    fragile: SoundRoom, ears_there: RunningEars
) -> None:
    ears = ears_there
    assert ears.link is not None
    second = fragile.control("load-module", "module-null-sink", "sink_name=second", "rate=44100")
    fragile.control("set-default-sink", "second")
    ears.window.wait(Devices, lambda devices: devices.speaker not in ("", "Desk"))
    ears.link.play("t", 0, tone(3.0), 24_000)
    ears.link.finish("t")
    ears.mind.wait(Played, lambda played: played.seconds > 0.5)
    began = time.monotonic()
    fragile.control("unload-module", second.strip())
    end = ears.mind.wait(Played, lambda played: played.finished)
    assert not end.unheard
    assert end.seconds == pytest.approx(3.0, abs=0.1)
    assert until(lambda: int(np.count_nonzero(np.abs(fragile.hear(began)[0]) > 0.05)) > RATE, 5)


def test_a_source_that_gives_nothing_is_reported(
    fragile: SoundRoom, ears_there: RunningEars
) -> None:
    ears = ears_there
    fifo = fragile.environment["XDG_RUNTIME_DIR"] + "/fifo"
    fragile.control(
        "load-module",
        "module-pipe-source",
        f"file={fifo}",
        "source_name=dead",
        "source_properties=device.description=Dead",
    )
    ears.window.wait(Devices, lambda devices: "Dead" in devices.microphones)
    ears.tell(ChooseDevices("Dead", ""))
    ears.window.wait(Devices, lambda devices: devices.microphone == "Dead")
    began = time.monotonic()
    ears.tell(SetMic(True))
    assert "gives no sound" in ears.window.wait(Trouble).message
    assert time.monotonic() - began < 10
    ears.tell(SetMic(False))
    assert ears.window.wait(Trouble, lambda trouble: "short" in trouble.message)


def test_a_muted_microphone_is_told_from_a_quiet_user(
    fragile: SoundRoom, ears_there: RunningEars
) -> None:
    ears = ears_there
    fragile.control("set-source-mute", "mic", "1")
    hold(ears)
    time.sleep(0.5)
    ears.tell(SetMic(False))
    assert "silence" in ears.window.wait(Trouble).message


def test_a_microphone_with_many_channels(
    fragile: SoundRoom, ears_there: RunningEars, voice: Voice
) -> None:
    ears = ears_there
    for words in (
        ("module-null-sink", "sink_name=wide", "channels=8", "rate=44100"),
        (
            "module-remap-source",
            "master=wide.monitor",
            "source_name=eight",
            "source_properties=device.description=Eight",
        ),
    ):
        fragile.control("load-module", *words)
    ears.window.wait(Devices, lambda devices: "Eight" in devices.microphones)
    ears.tell(ChooseDevices("Eight", ""))
    ears.window.wait(Devices, lambda devices: devices.microphone == "Eight")
    hold(ears)
    fragile.speak(*voice, into="wide")
    ears.tell(SetMic(False))
    assert np.max(np.abs(ears.mind.wait(Utterance).samples)) > 0.1


def test_a_sound_server_that_hangs_holds_nobody_up(
    fragile: SoundRoom, ears_there: RunningEars
) -> None:
    ears = ears_there
    assert ears.link is not None
    ears.link.play("t", 0, tone(20.0), 24_000)
    ears.link.finish("t")
    ears.mind.wait(Played, lambda played: played.seconds > 0.2)
    fragile.hang(True)
    try:
        assert ears.mind.wait(Played, lambda played: played.finished, 20).unheard
        ears.link.play("u", 0, tone(20.0), 24_000)
        time.sleep(0.5)
        ears.tell(Flush())
        assert ears.mind.wait(Played, lambda played: played.finished and played.turn == "u").cut
    finally:
        fragile.hang(False)
    ears.link.play("v", 0, tone(0.5), 24_000)
    ears.link.finish("v")
    end = ears.mind.wait(Played, lambda played: played.finished and played.turn == "v")
    assert not end.unheard


def test_portaudio_does_where_there_is_no_server(fragile: SoundRoom, voice: Voice) -> None:
    program = (
        "from perception.audio import process\n"
        "from perception.audio.devices import pulse_stream\n"
        "pulse_stream.available = lambda: False\n"
        "process.main()\n"
    )
    with RunningEars(fragile.environment, program=program) as ears:
        ready(ears)
        began = time.monotonic()
        assert ears.link is not None
        ears.link.play("t", 0, tone(1.0), 24_000)
        ears.link.finish("t")
        assert not ears.mind.wait(Played, lambda played: played.finished).unheard
        assert until(lambda: loudest(fragile, began) > 0.2, 5)
        hold(ears)
        fragile.speak(*voice)
        ears.tell(SetMic(False))
        said = ears.mind.wait(Utterance)
        assert said.samples.size > 16_000
        assert np.max(np.abs(said.samples)) > 0.1


@pytest.mark.usefixtures("processes")
def test_without_any_device_everything_ends(tmp_path: Path) -> None:
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none", "XDG_RUNTIME_DIR": str(tmp_path)}
    with RunningEars(nowhere) as ears:
        ears.window.wait(Devices)
        assert ears.link is not None
        ears.link.play("t", 0, tone(1.0), 24_000)
        ears.link.play("t", 1, tone(1.0), 24_000)
        ears.link.finish("t")
        end = ears.mind.wait(Played, lambda played: played.finished)
        assert end.unheard
        trouble = ears.window.wait(Trouble)
        assert trouble.hint
        ears.window.clear()
        ears.tell(SetMic(True))
        assert ears.window.wait(Trouble).hint
        ears.tell(SetMic(False))
        assert ears.process.poll() is None


@pytest.mark.usefixtures("processes")
def test_without_the_portaudio_library_there_is_one_clear_sentence(tmp_path: Path) -> None:
    program = (
        "import ctypes.util, sys\n"
        "ctypes.util.find_library = lambda name: None\n"
        "from perception.audio.devices.device import listing\n"
        "from perception.types import UserError\n"
        "try: listing(False)\n"
        "except UserError as error: print(error.message, error.hint)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/none"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "PortAudio" in done.stdout
    assert "libportaudio2" in done.stdout
