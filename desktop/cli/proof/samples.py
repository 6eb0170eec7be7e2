"""A spoken question and a picture for the proof of silence, made on the spot."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

_QUESTION = "What do you see in this picture?"


def question(folder: Path) -> Path:
    """A sound file in which the packaged voice asks."""
    from agent.voice.hibari import Hibari
    from perception.audio import files as sound_file

    voice = Hibari(os.cpu_count() or 1)
    pieces = list(voice.speak(_QUESTION))
    file = folder / "question.wav"
    sound_file.write(file, np.concatenate(pieces), voice.rate)
    return file


def picture(folder: Path) -> Path:
    """A picture with a line of print in it."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (640, 360), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 600, 320), outline="black", width=4)
    draw.text((90, 140), "FRESH MILK", fill="black", font_size=72)
    file = folder / "picture.png"
    image.save(file)
    return file
