"""230 hostile sounds: each is heard or refused with one sentence, in little time and memory."""

from __future__ import annotations

import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from perception.audio import files as sound_file
from perception.types import UserError
from tests.faults import sounds
from tests.faults.conftest import Record, Tries
from tests.faults.reading_child import Reader, lost_or_slow
from tests.test_bad_input import refused


def test_hostile_sounds(tmp_path: Path, tries: Tries, record: Record) -> None:
    count = tries(68, 230)
    paths = sounds.special(tmp_path)
    for name, data in itertools.islice(sounds.files(), count - len(paths)):
        (tmp_path / name).write_bytes(data)
        paths.append(tmp_path / name)
    reader = Reader("sound")
    told = {str(path): reader.read(path) for path in paths}
    reader.close()
    lost = {name: what for name, what in told.items() if lost_or_slow(what)}
    refusals = sum("said" in what for what in told.values())
    said = f"{refusals} refused with a sentence each, {count - refusals} heard; no hang, no crash"
    said = f"{said}; but {lost}" if lost else said
    record("hostile sound files", len(told), len(lost), said)
    assert count / 4 < refusals < count


def _said(path: Path) -> str:
    with pytest.raises(UserError) as raised:
        sound_file.read(path)
    return raised.value.message


def test_what_is_said(tmp_path: Path) -> None:
    made = dict(itertools.islice(sounds.files(), 60))
    expected = {
        "chained-22050.ogg": "chained OGG",
        "chained-16000.ogg": "chained OGG",
        "eleven-hours.flac": "more than 4 hours",
        f"claims-{10 * 3600 * 16_000 * 2}.wav": "cut short",
        "rate-1.wav": "holds no sound",
        "rate-1000000.wav": "holds no sound",
        "no-samples.wav": "holds no sound",
    }
    for name, words in expected.items():
        (tmp_path / name).write_bytes(made[name])
        assert words in _said(tmp_path / name), name


def test_a_name_that_is_no_text_is_heard_and_written(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\x1b.wav")
    sound_file.write(path, sounds.tone()[:, 0], sounds.RATE)
    assert len(sound_file.read(path).samples) == len(sounds.tone())


def test_an_ogg_of_one_recording_is_whole(tmp_path: Path) -> None:
    data = sounds.encoded(sounds.tone(3), sounds.RATE, "OGG", "VORBIS")
    (tmp_path / "one.ogg").write_bytes(data)
    heard = sound_file.read(tmp_path / "one.ogg").samples
    assert abs(len(heard) - 3 * sounds.RATE) < 2 and np.abs(heard).max() > 0.2


def test_the_command_refuses_with_one_sentence(
    models: Callable[[str], Path], tmp_path: Path, tries: Tries, record: Record
) -> None:
    models("silero-vad")
    sounds.special(tmp_path)
    made = dict(itertools.islice(sounds.files(), 60))
    strange = os.fsdecode(b"\xff\x1b]0;x\x07.ogg")
    (tmp_path / "chained.ogg").write_bytes(made["chained-22050.ogg"])
    shutil.copy(tmp_path / "chained.ogg", tmp_path / strange)
    names = (strange, "fifo.wav", "to-zero.wav", "chained.ogg", "folder.wav", "to-itself.wav")
    told = Counter[str]()
    for name in names[: tries(2, 6)]:
        err = refused("ask", "--listen", str(tmp_path / name))
        told["chained" if "chained OGG" in err else "no sound file"] += 1
        assert "chained OGG" in err or "no sound file" in err
    said = ", ".join(f"{words} ({count})" for words, count in told.items())
    record("hostile sounds through `candor ask --listen`", told.total(), 0, said)
