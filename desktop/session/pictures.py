"""Pictures on their way into a question: read, checked and shown small."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from desktop.codes import DesktopCode
from perception.picture import MOST_BYTES, MOST_PIXELS
from perception.regular_file import open_regular
from perception.types import UserError

_EASY_PIXELS = 40_000_000


def read_picture(file: Path) -> bytes:
    """The bytes of a picture file; UserError when it is none, or too large."""
    try:
        data = _first_bytes(file)
    except OSError as error:
        raise UserError(
            DesktopCode.SHOWN_PICTURE_UNREADABLE, file=file.name, reason=error
        ) from error
    if len(data) > MOST_BYTES:
        raise UserError(
            DesktopCode.SHOWN_PICTURE_TOO_LARGE, file=file.name, most=MOST_BYTES // 1000000
        )
    check_picture(data, file.name)
    return data


def _first_bytes(file: Path) -> bytes:
    """One more than is allowed at the most; UserError for folders, pipes and devices."""
    with open_regular(file) as stream:
        return stream.read(MOST_BYTES + 1)


def check_picture(data: bytes, name: str) -> None:
    """UserError unless these bytes begin a picture of a size that can be looked at."""
    reader, buffer = _reader(data)
    size = reader.size() if reader.canRead() else QSize()
    buffer.close()
    if size.isEmpty():
        raise UserError(DesktopCode.NOT_A_SHOWN_PICTURE, name=name)
    if size.width() * size.height() > MOST_PIXELS:
        raise UserError(
            DesktopCode.SHOWN_PICTURE_TOO_MANY_PIXELS, name=name, most=MOST_PIXELS // 1000000
        )


def thumbnail(data: bytes, height: int) -> QImage | None:
    """A small copy, or None for what would take too long to decode or cannot be."""
    reader, _buffer = _reader(data)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return None
    heavy = size.width() * size.height() > _EASY_PIXELS
    if heavy and bytes(reader.format().data()) != b"jpeg":
        return None
    width = max(1, min(3 * height, round(size.width() * height / size.height())))
    reader.setScaledSize(QSize(width, height).boundedTo(size * 4))
    image = reader.read()
    return None if image.isNull() else image


def encode(image: QImage) -> bytes:
    """A pasted picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Quality is compression here: quick rather than small, for it never leaves the machine.
    image.convertToFormat(QImage.Format.Format_RGB32).save(buffer, "PNG", 80)  # type: ignore[call-overload]
    return bytes(data.data())


def _reader(data: bytes) -> tuple[QImageReader, QBuffer]:
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader, buffer
