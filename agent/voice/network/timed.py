"""hibari's network with one more output: how long each phoneme lasts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.settings import data_folder
from agent.voice.network.frames import Frames
from perception.conversion import FOLDER, convert_once
from perception.inference import open_session

_FRAMES_A_STEP = 2
_ROUNDS_DURATIONS = "Clip"


class TimedModel:
    """Phonemes to frames. `model` is a `hibari.Hibari`."""

    def __init__(self, model: Any, threads: int) -> None:
        """UserError where the packaged graph cannot be converted, or its copy not be kept."""
        # The package's own folder may not be the user's to write.
        folder = data_folder() / FOLDER
        file = convert_once(
            with_durations, [Path(model.model_path)], "hibari-timed.onnx", folder=folder
        )
        self._session: Any = open_session(file, threads)
        self._known: dict[str, int] = model.vocab

    def frames(self, phonemes: str, speed: float) -> tuple[Frames, NDArray[np.int64]]:
        """The frames, and for each phoneme of the string the frame at which it ends."""
        known = [letter in self._known for letter in phonemes]
        ids = [self._known[letter] for letter in phonemes if letter in self._known]
        feed = {
            "ids": np.array([[0, *ids, 0]], np.int64),
            "speed": np.array([speed], np.float32),
        }
        *outputs, steps = self._session.run(None, feed)
        *spectra, pitch = (out[0] for out in outputs)
        ends = np.cumsum(steps).astype(np.int64) * _FRAMES_A_STEP
        # A letter that the network does not know ends where the one before it did.
        places = np.cumsum(known)
        return Frames(tuple(spectra), pitch), ends[places]


def with_durations(draft: Path, model: Path) -> None:
    """The recipe of the packaged graph with one more output; ValueError where there is no such."""
    import onnx

    graph: Any = onnx.load(str(model))
    names = [node.output[0] for node in graph.graph.node if node.op_type == _ROUNDS_DURATIONS]
    if not names:
        raise ValueError("hibari's network has no durations")
    value = onnx.helper.make_tensor_value_info(names[0], onnx.TensorProto.FLOAT, None)
    graph.graph.output.append(value)
    draft.write_bytes(graph.SerializeToString())
