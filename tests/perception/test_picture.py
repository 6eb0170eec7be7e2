"""Pictures of every kind, and what is none."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from perception.picture import (
    LONGEST,
    decode,
    encode,
    open_picture,
    shrink,
)
from perception.types import Snapshot, UserError


def _file(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _halves() -> Image.Image:
    """Red on the left, blue on the right."""
    pixels = np.zeros((20, 40, 3), np.uint8)
    pixels[:, :20, 0], pixels[:, 20:, 2] = 255, 255
    return Image.fromarray(pixels)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF"])
def test_every_format_gives_the_same_picture(kind: str) -> None:
    snapshot = decode(_file(_halves(), kind), 3.0)
    assert snapshot.pixels.shape == (20, 40, 3) and snapshot.pixels.dtype == np.uint8
    assert snapshot.at == 3.0 and snapshot.note == ""
    assert snapshot.pixels[10, 5, 0] > 200 and snapshot.pixels[10, 35, 2] > 200


def test_exif_turns_the_picture_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    pixels = decode(_file(_halves(), "JPEG", exif=exif), 0.0).pixels
    assert pixels.shape == (40, 20, 3)
    assert pixels[5, 10, 0] > 200 and pixels[35, 10, 2] > 200


def test_what_is_transparent_lies_on_white() -> None:
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    assert decode(_file(clear, "PNG"), 0.0).pixels.min() == 255
    palette = Image.new("P", (8, 8), 0)
    assert decode(_file(palette, "PNG", transparency=0), 0.0).pixels.min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    values = np.tile(np.arange(0, 64, dtype=np.uint8) * 4, (16, 1))
    image = Image.fromarray(values)
    deep = Image.fromarray(values.astype(np.uint16) * 256)
    image = deep if mode == "I;16" else image.convert(mode)
    pixels = decode(_file(image, "TIFF"), 0.0).pixels
    assert pixels.shape == (16, 64, 3)
    assert int(pixels[8, 60, 0]) - int(pixels[8, 2, 0]) > 180


def test_the_first_frame_of_an_animation_counts() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    data = _file(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode(data, 0.0).pixels[4, 4, 0] > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF"])
def test_a_cut_off_file_is_said(kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (90, 90, 3)).astype(np.uint8)
    data = _file(Image.fromarray(noise), kind)
    for part in (data[: len(data) // 2], data[:30]):
        with pytest.raises(UserError, match=r"damaged|not a picture"):
            decode(part, 0.0)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"hello " * 200, "not a picture"),
        (bytes(range(256)) * 40, "not a picture"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 90, "HEIC"),
    ],
)
def test_what_is_no_picture_is_said(data: bytes, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        decode(data, 0.0, "scan.jpg")
    assert "scan.jpg" in caught.value.message and caught.value.hint


def test_one_pixel_is_a_picture() -> None:
    assert decode(_file(Image.new("RGB", (1, 1)), "PNG"), 0.0).pixels.shape == (1, 1, 3)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "L"), ("PNG", "1")])
def test_a_hundred_megapixels_are_reduced_and_it_is_said(kind: str, mode: str) -> None:
    snapshot = decode(_file(Image.new(mode, (12500, 8000), 1), kind), 0.0)
    assert snapshot.pixels.shape == (round(8000 * LONGEST / 12500), LONGEST, 3)
    assert "12500 × 8000" in snapshot.note


def test_a_large_turned_photo_is_still_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = _halves().resize((6000, 3000))
    pixels = decode(_file(image, "JPEG", exif=exif), 0.0).pixels
    assert pixels.shape == (LONGEST, LONGEST // 2, 3) and pixels[100, 100, 0] > 200


def test_a_bomb_is_refused_by_its_header() -> None:
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 99))):
        data += struct.pack(">I", len(body)) + name + body
        data += struct.pack(">I", zlib.crc32(name + body))
    with pytest.raises(UserError, match="million pixels"):
        decode(data, 0.0)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no picture at"):
        open_picture(tmp_path / "none.jpg", 0.0)


def test_encode_and_shrink_keep_the_shape() -> None:
    snapshot = Snapshot(np.full((300, 600, 3), 90, np.uint8), 2.0, "a note")
    small = shrink(snapshot, 200)
    assert small.pixels.shape == (100, 200, 3) and (small.at, small.note) == (2.0, "a note")
    assert shrink(small, 400) is small
    again = decode(encode(snapshot, longest=200), 0.0)
    assert again.pixels.shape == (100, 200, 3) and abs(int(again.pixels.mean()) - 90) < 3
