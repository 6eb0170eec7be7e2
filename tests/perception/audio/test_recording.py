"""Recordings of one's own voice: kept whole, told with their loudness, and played again."""

from __future__ import annotations

import time
import wave
from pathlib import Path

import numpy as np
import pytest

from perception.audio.ipc.messages import (
    Devices,
    Level,
    Play,
    PlayBack,
    Record,
    Recorded,
    Trouble,
)
from perception.audio.recording import Recorder, read, write
from perception.audio.trial import NAME, RATE
from perception.types import Samples, UserError, Utterance
from tests.perception.audio.running import RunningEars
from tests.sound import SoundRoom, loudest
from tests.waiting import until

_HEARD = np.asarray(0.4 * np.sin(np.arange(RATE // 2) / 8), np.float32)


class Desk:
    """Everything around a recorder; keeps what it was told."""

    def __init__(self, heard: Samples = _HEARD) -> None:
        self.heard = heard
        self.listened: list[bool] = []
        self.played: list[Play] = []
        self.finished: list[str] = []
        self.told: list[Recorded] = []
        self.recorder = Recorder(
            self.played.append, self.finished.append, self._listen, self.told.append
        )

    def _listen(self, on: bool) -> Samples:
        self.listened.append(on)
        return np.zeros(0, np.float32) if on else self.heard


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "one.wav"
    write(file, _HEARD)
    assert read(file).dtype == np.float32
    assert np.abs(read(file) - _HEARD).max() < 2 / 32767
    with wave.open(str(file), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 16_000)
    assert [entry.name for entry in file.parent.iterdir()] == ["one.wav"]


def test_too_loud_is_cut_at_full_scale_and_never_wraps_round(tmp_path: Path) -> None:
    write(tmp_path / "one.wav", np.asarray([2.0, -2.0, 1.0], np.float32))
    assert read(tmp_path / "one.wav").tolist() == [1.0, -1.0, 1.0]


def test_nothing_recorded_is_an_empty_file(tmp_path: Path) -> None:
    write(tmp_path / "one.wav", np.zeros(0, np.float32))
    assert read(tmp_path / "one.wav").size == 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UserError, match="cannot be kept"):
        write(tmp_path / "taken" / "one.wav", _HEARD)


def test_a_failed_writing_keeps_the_recording_before(tmp_path: Path) -> None:
    file = tmp_path / "one.wav"
    write(file, _HEARD)
    (tmp_path / "one.part").mkdir()
    with pytest.raises(UserError, match="cannot be kept"):
        write(file, np.zeros(5, np.float32))
    assert read(file).size == _HEARD.size


@pytest.mark.parametrize("content", [None, b"", b"RIFF....WAVE", b"no sound at all"])
def test_what_is_no_recording_is_told(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "one.wav").write_bytes(content)
    with pytest.raises(UserError, match="cannot be read") as told:
        read(tmp_path / "one.wav")
    assert "again" in told.value.hint


def test_a_recording_is_kept_and_told_with_its_length_and_loudest_sample(tmp_path: Path) -> None:
    desk, file = Desk(), tmp_path / "one.wav"
    desk.recorder.record(True, "")
    assert not desk.told
    desk.recorder.record(False, str(file))
    assert desk.listened == [True, False]
    assert read(file).size == _HEARD.size
    assert desk.told == [Recorded(str(file), 0.5, float(np.max(np.abs(_HEARD))))]


def test_a_clipped_recording_has_a_peak_of_one(tmp_path: Path) -> None:
    desk = Desk(np.asarray([0.0, -1.7], np.float32))
    desk.recorder.record(True, "")
    desk.recorder.record(False, str(tmp_path / "one.wav"))
    assert desk.told[0].peak == 1.0


def test_silence_without_a_sample_is_told_too(tmp_path: Path) -> None:
    desk = Desk(np.zeros(0, np.float32))
    desk.recorder.record(True, "")
    desk.recorder.record(False, str(tmp_path / "one.wav"))
    assert (desk.told[0].seconds, desk.told[0].peak) == (0.0, 0.0)


def test_one_that_is_thrown_away_leaves_nothing(tmp_path: Path) -> None:
    desk = Desk()
    desk.recorder.record(True, "")
    desk.recorder.record(False, "")
    assert desk.listened == [True, False]
    assert not desk.told
    assert not list(tmp_path.iterdir())


def test_a_second_key_press_and_an_end_without_a_beginning_do_nothing(tmp_path: Path) -> None:
    desk = Desk()
    desk.recorder.record(False, str(tmp_path / "one.wav"))
    desk.recorder.record(True, "")
    desk.recorder.record(True, "")
    assert desk.listened == [True]
    assert not desk.told


def test_after_a_failed_one_the_next_can_be_made(tmp_path: Path) -> None:
    desk = Desk()
    (tmp_path / "taken").write_text("a file")
    desk.recorder.record(True, "")
    with pytest.raises(UserError):
        desk.recorder.record(False, str(tmp_path / "taken" / "one.wav"))
    desk.recorder.record(True, "")
    desk.recorder.record(False, str(tmp_path / "two.wav"))
    assert [told.file for told in desk.told] == [str(tmp_path / "two.wav")]


def test_playing_it_is_a_sound_of_its_own_each_time(tmp_path: Path) -> None:
    desk, file = Desk(), tmp_path / "one.wav"
    write(file, _HEARD)
    desk.recorder.play(str(file))
    desk.recorder.play(str(file))
    first, second = desk.played
    assert first.turn != second.turn
    assert desk.finished == [first.turn, second.turn]
    assert first.turn.startswith(NAME)
    assert (first.sentence, first.rate, first.samples.size) == (0, RATE, _HEARD.size)


def test_recorded_and_heard_again_through_real_devices(
    room: SoundRoom, ears: RunningEars, voice: tuple[Samples, int], tmp_path: Path
) -> None:
    file = tmp_path / "one.wav"
    ears.window.wait(Devices, lambda devices: bool(devices.microphone and devices.speaker))
    ears.tell(Record(True))
    ears.window.wait(Level)
    room.speak(voice[0][: 2 * voice[1]], voice[1])
    ears.tell(Record(False, str(file)))
    kept = ears.window.wait(Recorded)
    assert kept.file == str(file)
    assert 1.8 < kept.seconds < 6.0
    assert 0.1 < kept.peak <= 1.0
    assert read(file).size == pytest.approx(kept.seconds * RATE)

    began = time.monotonic()
    ears.tell(PlayBack(str(file)))
    peak = pytest.approx(kept.peak, rel=0.2)
    assert until(lambda: bool(loudest(room, began) == peak), kept.seconds + 5)

    ears.tell(PlayBack(str(tmp_path / "none.wav")))
    assert "cannot be read" in ears.window.wait(Trouble).message
    assert not ears.mind.all(Utterance)
