"""Ears as a process in the virtual sound room."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np
import pytest
import soxr  # type: ignore[import-untyped]

from perception.audio.ipc.link import ADDRESS, KEY
from perception.audio.ipc.messages import (
    ChooseDevices,
    Devices,
    Flush,
    Level,
    Played,
    SetMic,
    StopEars,
    Trouble,
)
from perception.types import Samples, Utterance
from tests.perception.audio.running import RunningEars
from tests.sound import RATE, SoundRoom, loudest
from tests.waiting import until

Voice = tuple[Samples, int]


def match(heard: Samples, original: Samples, rate: int) -> float:
    """The share of the loud pieces of `original` that are in `heard`, where they belong.

    Piece by piece, because the room's server may shift a part of a stream by some samples.
    """
    start, _ = place(heard, original)
    length = rate // 5
    loudest = np.max(np.abs(original))
    found = []
    for at in range(0, original.size - length, length):
        piece, left = original[at : at + length], max(0, start + at - rate // 20)
        if np.max(np.abs(piece)) > 0.1 * loudest:
            found.append(place(heard[left : left + length + rate // 10], piece)[1] > 0.95)
    return float(np.mean(found))


def place(heard: Samples, original: Samples) -> tuple[int, float]:
    """Where `original` lies in `heard`, and how alike they are there, 0 to 1."""
    size = heard.size + original.size
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(original, size))
    scores = np.fft.irfft(spectrum, size)[: max(1, heard.size - original.size + 1)]
    at = int(np.argmax(scores))
    there = heard[at : at + original.size]
    energy = np.sqrt(np.sum(np.square(there)) * np.sum(np.square(original)))
    return at, float(scores[at] / max(energy, 1e-9))


def ready(ears: RunningEars) -> Devices:
    """Wait until ears know the room."""
    return ears.window.wait(Devices, lambda devices: bool(devices.microphone and devices.speaker))


def hold(ears: RunningEars) -> None:
    """Press the key, and wait until the microphone gives sound."""
    ears.tell(SetMic(True))
    ears.window.wait(Level)


def tone(seconds: float) -> Samples:
    """A tone that is easy to find."""
    count = int(seconds * 24_000)
    return np.asarray(0.3 * np.sin(2 * np.pi * 440 * np.arange(count) / 24_000), np.float32)


def test_what_is_said_arrives_as_it_was_said(
    room: SoundRoom, ears: RunningEars, voice: Voice
) -> None:
    ready(ears)
    hold(ears)
    room.speak(*voice)
    ears.tell(SetMic(False))
    said = ears.mind.wait(Utterance)
    assert said.rate == 16_000
    assert said.samples.dtype == np.float32
    # At 48 kHz, because the two may differ by a third of a sample at 16 kHz.
    original = soxr.resample(soxr.resample(*voice, 16_000), 16_000, RATE)
    assert match(soxr.resample(said.samples, 16_000, RATE), original, RATE) >= 0.9
    assert ears.window.wait(Level, lambda level: level.peak > 0.1).rms > 0
    assert ears.window.wait(Level, lambda level: level.peak == 0.0)
    assert not ears.window.all(Trouble)


def test_what_is_played_is_heard_and_reported(
    room: SoundRoom, ears: RunningEars, voice: Voice
) -> None:
    ready(ears)
    began = time.monotonic()
    assert ears.link is not None
    half = voice[0].size // 2
    ears.link.play("t", 3, voice[0][:half], voice[1])
    ears.link.play("t", 4, voice[0][half:], voice[1])
    ears.link.finish("t")
    end = ears.mind.wait(Played, lambda played: played.finished)
    original = soxr.resample(*voice, RATE)
    assert until(lambda: match(room.hear(began)[0], original, RATE) >= 0.9, 5)
    reports = ears.mind.all(Played)
    assert [report.finished for report in reports].count(True) == 1
    assert len(reports) > 10
    assert (end.sentence, end.cut, end.unheard) == (4, False, False)
    for sentence, size in ((3, half), (4, voice[0].size - half)):
        seconds = [report.seconds for report in reports if report.sentence == sentence]
        assert seconds == sorted(seconds)
        assert seconds[-1] == pytest.approx(size / voice[1], abs=0.01)


def test_a_flush_silences_though_the_mind_hangs(room: SoundRoom, ears: RunningEars) -> None:
    ready(ears)
    assert ears.link is not None
    ears.link.close()
    program = (
        "import os, signal, sys, time, numpy as np\n"
        "from agent.speech.audio_client import AudioClient\n"
        "ears = AudioClient(sys.argv[1], bytes.fromhex(sys.argv[2]))\n"
        "ears.listen(lambda _: None)\n"
        "while not ears.connected: time.sleep(.01)\n"
        "ears.play('t', 0, np.full(24000 * 20, .3, np.float32), 24000)\n"
        "time.sleep(.3)\n"
        "print('stopped', flush=True)\n"
        "os.kill(os.getpid(), signal.SIGSTOP)\n"
    )
    place = [ears.place[ADDRESS], ears.place[KEY]]
    mind = subprocess.Popen([sys.executable, "-c", program, *place], stdout=subprocess.PIPE)
    with mind:
        assert mind.stdout is not None
        assert mind.stdout.readline() == b"stopped\n"
        time.sleep(0.5)
        flushed = time.monotonic()
        ears.tell(Flush())
        time.sleep(0.8)
        mind.kill()
    heard, began = room.hear(flushed - 0.2)
    loud = np.flatnonzero(np.abs(heard) > 0.01)
    assert loud.size
    assert began + loud[-1] / RATE - flushed < 0.25


def test_a_cut_turn_stays_silent_and_the_next_is_heard(room: SoundRoom, ears: RunningEars) -> None:
    ready(ears)
    assert ears.link is not None
    ears.link.play("old", 0, tone(5.0), 24_000)
    ears.mind.wait(Played, lambda played: played.seconds > 0.3)
    ears.tell(Flush())
    end = ears.mind.wait(Played, lambda played: played.finished)
    assert end.cut
    assert 0.3 <= end.seconds < 3.0
    time.sleep(0.3)
    quiet = time.monotonic()
    ears.link.play("old", 1, tone(1.0), 24_000)
    ears.link.finish("old")
    time.sleep(0.5)
    assert np.max(np.abs(room.hear(quiet)[0]), initial=0.0) < 0.01
    ears.link.play("new", 0, tone(0.3), 24_000)
    ears.link.finish("new")
    ears.mind.wait(Played, lambda played: played.finished and played.turn == "new")
    assert until(lambda: loudest(room, quiet) > 0.2, 5)
    assert [end.turn for end in ears.mind.all(Played) if end.finished] == ["old", "new"]


def test_taking_the_word_silences_the_answer(room: SoundRoom, ears: RunningEars) -> None:
    ready(ears)
    assert ears.link is not None
    ears.link.play("t", 0, tone(5.0), 24_000)
    ears.mind.wait(Played, lambda played: played.seconds > 0.2)
    hold(ears)
    assert ears.mind.wait(Played, lambda played: played.finished).cut
    ears.tell(SetMic(False, discard=True))


def test_discarded_words_reach_nobody(room: SoundRoom, ears: RunningEars, voice: Voice) -> None:
    ready(ears)
    hold(ears)
    room.speak(*voice)
    ears.tell(SetMic(False, discard=True))
    ears.window.wait(Level, lambda level: level.peak == 0.0)
    time.sleep(0.8)
    assert not ears.mind.all(Utterance)
    assert "source-output" not in room.control("list", "short", "source-outputs")


def test_the_microphone_is_open_only_while_the_key_is_held(
    room: SoundRoom, ears: RunningEars
) -> None:
    def is_open() -> bool:
        listed = room.control("list", "source-outputs")
        return f'application.process.id = "{ears.process.pid}"' in listed

    ready(ears)
    assert not is_open()
    hold(ears)
    assert is_open()
    room.speak(tone(0.4), 24_000)
    ears.tell(SetMic(False))
    ears.mind.wait(Utterance)
    assert until(lambda: not is_open(), 5)


def test_a_tap_is_too_short_to_be_heard(room: SoundRoom, ears: RunningEars) -> None:
    ready(ears)
    ears.tell(SetMic(True))
    ears.tell(SetMic(False))
    assert "short" in ears.window.wait(Trouble).message
    assert not ears.mind.all(Utterance)


def test_ears_end_with_their_window(ears: RunningEars) -> None:
    ready(ears)
    hold(ears)
    assert ears.stop() == 0
    ears.start()
    ears.tell(StopEars())
    assert ears.process.wait(5) == 0


def test_a_device_is_chosen_by_name(room: SoundRoom, ears: RunningEars) -> None:
    devices = ready(ears)
    assert devices.microphones == ("Headset",)
    assert set(devices.speakers) == {"Desk", "Feed"}
    assert not [name for name in devices.microphones if "onitor" in name]
    ears.tell(ChooseDevices("Headset", "Feed"))
    ears.window.wait(Devices, lambda devices: devices.speaker == "Feed")
    ears.tell(ChooseDevices("", "Gone"))
    assert "Gone" in ears.window.wait(Trouble).message
    assert ears.window.wait(Devices, lambda devices: devices.speaker == "Desk")
