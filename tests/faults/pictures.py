"""Hostile picture files, made by rule: the same ones each time."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

_KINDS = {"png": "PNG", "gif": "GIF", "webp": "WEBP", "tiff": "TIFF", "jpg": "JPEG", "bmp": "BMP"}
_PNG = b"\x89PNG\r\n\x1a\n"


def encoded(image: Image.Image, kind: str, **more: object) -> bytes:
    """A whole picture file."""
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def noise(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Something that compresses badly."""
    dots = np.random.default_rng(0).integers(0, 255, (height, width, 3), np.uint8)
    return Image.fromarray(dots).convert(mode)


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, data: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG whose header says what it likes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return _PNG + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def files() -> Iterator[tuple[str, bytes]]:
    """Name and content, the telling ones first."""
    yield from _sizes()
    yield from _modes()
    yield from _animations()
    yield from _directories()
    yield from _foreign()
    yield from _bombs()
    whole = {name: encoded(noise(), kind) for name, kind in _KINDS.items()}
    for seed in range(1000):
        dice = np.random.default_rng(seed)
        for name, data in whole.items():
            yield f"cut-{seed}.{name}", data[: int(dice.integers(1, len(data)))]
            yield f"flipped-{seed}.{name}", _flipped(data, dice)
            yield f"garbage-{seed}.{name}", data[:30] + dice.bytes(3000)


def special(folder: Path) -> list[Path]:
    """What is no file: pipes, devices, folders, links."""
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "fifo.png")
    links = {
        "to-zero.png": "/dev/zero",
        "to-itself.png": "to-itself.png",
        "to-nothing.png": "none.png",
        "to-fifo.png": "fifo.png",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    strange = folder / os.fsdecode(b"\xff\x1b]0;x\x07.png")
    strange.write_bytes(encoded(noise(), "PNG"))
    named = [folder / "folder.png", folder / "fifo.png", *(folder / name for name in links)]
    devices = [Path("/dev/zero"), Path("/dev/null"), Path("/dev/tty"), Path("/proc/self/mem")]
    return [*named, strange, *devices, folder / "none.png", folder / f"{'x' * 300}.png"]


def _sizes() -> Iterator[tuple[str, bytes]]:
    empty = zlib.compress(b"")
    for width, height in ((0, 0), (1, 0), (2**31 - 1, 1), (2**31, 2**31), (20_000, 20_000)):
        yield f"claims-{width}x{height}.png", png(width, height, empty)
    for size in ((1, 65_535), (65_535, 1), (1, 1), (100_000, 3)):
        yield f"{size[0]}x{size[1]}.png", encoded(Image.new("RGB", size, 200), "PNG")
    for depth, colour in ((3, 2), (16, 3), (255, 255), (1, 6), (8, 5)):
        yield f"depth-{depth}-{colour}.png", png(4, 4, zlib.compress(bytes(100)), depth, colour)
    for width, height in ((0, 0), (65_535, 65_535)):
        screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
        frame = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x01\x00\x00;"
        yield f"claims-{width}x{height}.gif", b"GIF89a" + screen + frame
    for width, height in ((2**31 - 1, 2**31 - 1), (-1, -1), (60_000, -60_000)):
        head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
        yield f"claims-{width}x{height}.bmp", b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head
    yield "claims.ppm", b"P6 99999 99999 255\n" + bytes(100)
    yield "endless-number.ppm", b"P6 " + b"9" * 100_000 + b" 1 255\n"


def _bombs() -> Iterator[tuple[str, bytes]]:
    yield "bomb.png", png(9999, 9999, zlib.compress(bytes(9999 * (9999 * 3 + 1))))
    yield "more-than-said.png", png(8, 8, zlib.compress(bytes(200_000_000)))
    for kind in (b"zTXt", b"iCCP"):
        text = chunk(kind, b"a\0\0" + zlib.compress(bytes(300_000_000)))
        whole = encoded(noise(), "PNG")
        yield f"text-bomb-{kind.decode()}.png", whole[:33] + text + whole[33:]
    yield "chunks.png", _PNG + chunk(b"tEXt", b"a\0b") * 100_000
    yield "bomb.tiff", encoded(Image.new("L", (9000, 9000)), "TIFF", compression="tiff_lzw")
    yield "bomb.gif", encoded(Image.new("P", (9000, 9000)), "GIF")
    yield "bomb.webp", encoded(Image.new("RGB", (9000, 9000)), "WEBP", quality=1, method=0)


def _modes() -> Iterator[tuple[str, bytes]]:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        image = Image.new(mode, (30, 20)) if mode == "I;16" else noise(mode=mode)
        yield f"mode-{mode}.png", encoded(image, "PNG")
    for mode in ("CMYK", "L", "YCbCr"):
        yield f"mode-{mode}.jpg", encoded(noise(mode=mode), "JPEG")
    for mode in ("CMYK", "LAB", "F", "I", "1"):
        image = Image.new("LAB", (30, 20)) if mode == "LAB" else noise(mode=mode)
        yield f"mode-{mode}.tiff", encoded(image, "TIFF")
    for value in (np.nan, np.inf, -3e38):
        image = Image.fromarray(np.full((20, 30), value, np.float32))
        yield f"all-{value}.tiff", encoded(image, "TIFF")
    palette = chunk(b"PLTE", b"\0\0\0") + chunk(b"tRNS", bytes(300))
    short = png(8, 8, zlib.compress(bytes(range(8)) * 9), 8, 3)
    yield "palette-too-short.png", short[:33] + palette + short[33:]
    yield "palette-missing.png", short


def _animations() -> Iterator[tuple[str, bytes]]:
    frames = [noise(20, 20) for _ in range(200)]
    for name in ("gif", "webp", "png", "tiff"):
        more = {"save_all": True, "append_images": frames}
        yield f"animated.{name}", encoded(frames[0], _KINDS[name], **more)
    body = struct.pack("<HHBBB", 8, 8, 0x80, 0, 0) + bytes(6)
    yield "frames-without-end.gif", b"GIF89a" + body + b"!\xfe\x01a\0" * 50_000


def _directories() -> Iterator[tuple[str, bytes]]:
    """TIFF and EXIF directories that point at themselves, or far away."""
    entry = struct.pack("<HHII", 0x0112, 3, 1, 6)
    for name, following in (("loop", 8), ("far", 2**31), ("odd", 9)):
        directory = struct.pack("<H", 1) + entry + struct.pack("<I", following)
        tiff = b"II*\0" + struct.pack("<I", 8) + directory
        yield f"directory-{name}.tiff", tiff
        yield f"exif-{name}.jpg", encoded(noise(), "JPEG", exif=b"Exif\0\0" + tiff)
    inner = struct.pack("<HHII", 0x8769, 4, 1, 8)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + inner + struct.pack("<I", 0)
    yield "exif-within-itself.jpg", encoded(noise(), "JPEG", exif=b"Exif\0\0" + tiff)
    for turn in (0, 9, 65_535):
        odd = b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x0112, 3, 1, turn) + bytes(4)
        yield f"exif-turn-{turn}.jpg", encoded(noise(), "JPEG", exif=b"Exif\0\0" + odd)
    many = struct.pack("<HHII", 0x0100, 4, 2**32 - 1, 8)
    yield "entries.tiff", b"II*\0" + struct.pack("<IH", 8, 1) + many + bytes(4)


def _foreign() -> Iterator[tuple[str, bytes]]:
    yield (
        "drawing.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/>',
    )
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    yield "laughs.svg", f'<!DOCTYPE s [<!ENTITY a0 "ha">{laughs}]><svg>&a9;</svg>'.encode()
    yield "icon.ico", encoded(noise(32, 32), "ICO")
    yield "icon-of-png-bomb.ico", b"\0\0\1\0\1\0\0\0\0\0\1\0\x20\0" + struct.pack("<II", 100, 22)
    yield "page.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n"
    yield "page.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n"
    yield "text.png", b"this is text\n" * 50
    yield "nothing.png", b""
    yield "heic.jpg", bytes(4) + b"ftypheic" + bytes(100)


def _flipped(data: bytes, dice: np.random.Generator) -> bytes:
    harmed = bytearray(data)
    for place in dice.integers(0, min(len(data), 400), 12):
        harmed[place] = int(dice.integers(0, 256))
    return bytes(harmed)
