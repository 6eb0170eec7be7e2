"""All recognisers together: a picture becomes a scene."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

from perception.picture import shrink
from perception.seeing.codes import Codes
from perception.seeing.faces import Faces
from perception.seeing.objects import Objects
from perception.seeing.people import people, things
from perception.seeing.quality import SMALLEST, aim, assess
from perception.seeing.reading import Reader
from perception.seeing.tags import Tags
from perception.types import Scene, Snapshot

OVERVIEW = 1280
"""Pixels on the longer side that all but reading and codes look at."""


class Eyes:
    """Sees what is in a picture. The folders are those of the models `centerface` and
    `efficientnet-lite0`; `threads` is how many cores one recogniser may use.

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
