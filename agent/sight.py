"""What the conversation sees: the pictures of a question, or the camera's newest scene."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from perception.picture import decode
from perception.seeing.eyes import Eyes
from perception.types import Scene


def look_at(eyes: Eyes, pictures: Sequence[bytes]) -> Iterator[Scene]:
    """The growing scene of one or more pictures (encoded files).

    UserError when one of them cannot be read.
    """
    seen: Scene | None = None
    for number, data in enumerate(pictures, start=1):
        name = "picture" if len(pictures) == 1 else f"picture {number}"
        scene = None
        for scene in eyes.look(decode(data, time.monotonic(), name)):
            yield scene if seen is None else _joined(seen, scene)
        if scene is not None:
            seen = scene if seen is None else _joined(seen, scene)


def _joined(first: Scene, second: Scene) -> Scene:
    quality = first.quality if first.quality.advice else second.quality
    return Scene(
        people=first.people + second.people,
        things=first.things + second.things,
        texts=first.texts + second.texts,
        codes=first.codes + second.codes,
        tags=first.tags + second.tags,
        caption=" ".join(filter(None, (first.caption, second.caption))),
        quality=quality,
        at=second.at,
    )
