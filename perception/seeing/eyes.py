"""The vision pipeline: all recognisers together make a scene of a picture."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

from perception.picture import shrink
from perception.seeing.boxes import to_box
from perception.seeing.faces import Faces
from perception.seeing.objects import Objects
from perception.seeing.people import people, things
from perception.seeing.quality import SMALLEST, aim, assess
from perception.seeing.reading import Reader
from perception.seeing.tags import Tags
from perception.types import Item, Scene, Snapshot

OVERVIEW = 1280
"""Pixels on the longer side that all but reading and codes look at."""


class VisionPipeline:
    """The vision pipeline: makes a scene of a picture.

    The folders are those of the models `centerface` and `efficientnet-lite0`; `threads` is how
    many cores one recogniser may use.

    UserError when a model is missing or damaged.
    """

    def __init__(self, centerface: Path, efficientnet: Path, threads: int) -> None:
        self.codes = Codes()
        self.objects = Objects(threads)
        self.tags = Tags(efficientnet, threads)
        self.faces = Faces(centerface, threads)
        self.reader = Reader(threads)

    def look(self, snapshot: Snapshot) -> Generator[Scene, None, None]:
        """The scene as it grows, cheapest part first; the last one is whole.

        Close it between two scenes to give the cores back; a step takes at most some 0.3 s.
        """
        quality = assess(snapshot)
        scene = Scene((), (), (), (), (), "", quality, snapshot.at)
        yield scene
        if min(snapshot.pixels.shape[:2]) < SMALLEST:
            return
        scene = replace(scene, codes=self.codes.find(snapshot))
        yield scene
        overview = shrink(snapshot, OVERVIEW)
        objects = self.objects.find(overview)
        scene = replace(scene, people=people((), objects), things=things(objects))
        yield scene
        scene = replace(scene, tags=self.tags.find(overview))
        yield scene
        scene = replace(scene, people=people(self.faces.find(overview), objects))
        yield scene
        for texts in self.reader.steps(snapshot):
            scene = replace(scene, texts=texts)
            yield scene
        yield replace(scene, quality=aim(quality, scene.texts))


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
