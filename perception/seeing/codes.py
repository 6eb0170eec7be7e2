"""QR codes and barcodes by zxing-cpp (Apache-2.0)."""

from __future__ import annotations

from perception.seeing.boxes import to_box
from perception.types import Item, Snapshot

SOURCE = "zxing-cpp"
LONGEST = 2000
MOST_CHARACTERS = 2000
"""A code's text is cut here, openly: no code in daily use holds more that a person can read."""


class Codes:
    """Reads every code in a picture; the label is `KIND: text`."""

    def __init__(self) -> None:
        import zxingcpp

        self._read = zxingcpp.read_barcodes

    def find(self, snapshot: Snapshot) -> tuple[Item, ...]:
        """The codes, in no particular order; what fails its check sum is left out."""
        import cv2

        grey = cv2.cvtColor(snapshot.pixels, cv2.COLOR_RGB2GRAY)
        height, width = grey.shape
        scale = min(1.0, LONGEST / max(height, width))
        if scale < 1:
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
            height, width = grey.shape
        found: dict[str, Item] = {}
        for code in self._read(grey):
            if not code.valid or not code.text:
                continue
            corner = code.position
            corners = (corner.top_left, corner.top_right, corner.bottom_right, corner.bottom_left)
            across = [point.x / width for point in corners]
            down = [point.y / height for point in corners]
            box = to_box(min(across), min(down), max(across), max(down))
            text = code.text[:MOST_CHARACTERS] + ("…" if len(code.text) > MOST_CHARACTERS else "")
            label = f"{_kind(str(code.format))}: {text}"
            found.setdefault(label, Item(label, box, 1.0, SOURCE))
        return tuple(found.values())


def _kind(name: str) -> str:
    """`QR Code` as `QR code`, `EAN-13` as `EAN-13 barcode`."""
    return name.replace("Code", "code") if name.endswith("QR Code") else f"{name} barcode"
