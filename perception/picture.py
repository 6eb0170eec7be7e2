"""Pictures from files and bytes, and back."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from perception.codes import PerceptionCode
from perception.messages import notice
from perception.regular_file import check_regular, read_regular
from perception.types import Pixels, Snapshot, UserError

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "PPM")
LONGEST = 4096
"""Pixels on the longer side that are kept; larger pictures are reduced, which is noted."""

MOST_PIXELS = 100_000_000
MOST_BYTES = 50_000_000
"""The one limit of a picture, wherever it comes from: file, window, command line."""

_HINT = "Use a JPEG, PNG, WebP, BMP, TIFF or GIF file."
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, IndexError)
_BROKEN_TYPES = (*_BROKEN, TypeError, KeyError, OverflowError)


def open_picture(file: Path, at: float) -> Snapshot:
    """The picture in `file`, taken at monotonic time `at`; UserError when there is none."""
    return decode(read_file(file), at, file.name)


def read_file(file: Path) -> bytes:
    """The bytes of a picture file, not yet looked at.

    UserError where there is none, where it is too large, and for folders, pipes and devices.
    """
    try:
        size = check_regular(file).stat().st_size
        if size > MOST_BYTES:
            raise UserError(
                PerceptionCode.PICTURE_TOO_LARGE,
                file=file.name,
                size=f"{size / 1000000.0:.0f}",
                most=MOST_BYTES // 1000000,
            )
        return read_regular(file, MOST_BYTES)
    except OSError as error:
        raise UserError(
            PerceptionCode.FILE_UNREADABLE, path=file, reason=error.strerror or error
        ) from error


def decode(data: bytes, at: float, name: str = "picture") -> Snapshot:
    """A picture file's bytes as RGB, upright by its EXIF orientation, on white where transparent.

    The first frame of an animation counts. Sides above `LONGEST` are reduced while decoding, as
    `Snapshot.note` says. UserError when the bytes are not a whole picture.
    """
    from PIL import Image, UnidentifiedImageError

    if not data:
        raise UserError(PerceptionCode.PICTURE_EMPTY, name=name)
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"heif", b"avif"):
        raise UserError(PerceptionCode.PICTURE_HEIC, name=name)
    try:
        with warnings.catch_warnings():
            # The size is checked below, with a sentence of our own.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            _check_size(image.size, name)
            return _read(image, at)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except UnidentifiedImageError as error:
        raise UserError(PerceptionCode.NOT_A_PICTURE, name=name) from error
    except _BROKEN_TYPES as error:
        raise UserError(PerceptionCode.PICTURE_DAMAGED, name=name) from error


def encode(snapshot: Snapshot, quality: int = 85, longest: int = 0) -> bytes:
    """A JPEG of the picture, reduced to `longest` pixels where that is not 0."""
    from PIL import Image

    pixels = shrink(snapshot, longest).pixels if longest else snapshot.pixels
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=quality)
    return out.getvalue()


def shrink(snapshot: Snapshot, longest: int) -> Snapshot:
    """The picture with no side above `longest` pixels."""
    import cv2

    height, width = snapshot.pixels.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return snapshot
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small: Pixels = np.asarray(
        cv2.resize(snapshot.pixels, size, interpolation=cv2.INTER_AREA), np.uint8
    )
    return Snapshot(small, snapshot.at, snapshot.note)


def _check_size(size: tuple[int, int], name: str) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> UserError:
    return UserError(PerceptionCode.PICTURE_TOO_MANY_PIXELS, name=name, most=MOST_PIXELS // 1000000)


def _read(image: Any, at: float) -> Snapshot:
    """Decode, reducing on the way: JPEG at a fraction of the work, others once decoded."""
    from PIL import ImageOps

    before = image.size
    scale = LONGEST / max(before)
    if scale < 1:
        size = (max(1, round(before[0] * scale)), max(1, round(before[1] * scale)))
        image.draft("RGB", size)
    image.load()
    orientation = image.getexif().get(0x0112, 1)
    if scale < 1:
        if image.mode in ("P", "1"):
            image = image.convert("RGBA" if "transparency" in image.info else "RGB")
        image = image.resize(size, reducing_gap=2.0)
        image.getexif()[0x0112] = orientation
    image = _on_white(ImageOps.exif_transpose(image) or image)
    note = None
    if scale < 1:
        shown = " × ".join(str(side) for side in before)
        note = notice(
            PerceptionCode.PICTURE_REDUCED, shown=shown, width=image.width, height=image.height
        )
    return Snapshot(np.array(image, np.uint8), at, note)


def _on_white(image: Any) -> Any:
    """RGB, with what is transparent laid on white."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        return _from_deep(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        full = image.convert("RGBA")
        paper = Image.new("RGBA", full.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, full).convert("RGB")
    return image.convert("RGB")


def _from_deep(image: Any) -> Any:
    """Sixteen or thirty-two bits of grey, stretched to eight."""
    from PIL import Image

    values = np.nan_to_num(np.array(image, np.float64))
    low, high = float(values.min()), float(values.max())
    scaled = (values - low) * (255.0 / (high - low)) if high > low else values * 0 + min(low, 255)
    return Image.fromarray(scaled.astype(np.uint8)).convert("RGB")
