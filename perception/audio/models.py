"""The models of the audio process, loaded when a mode needs them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from perception.audio.echo.canceller import EchoCanceller
from perception.audio.echo.far_end import FarEnd
from perception.audio.ipc.messages import Listen, Mode
from perception.audio.turns.end_of_turn import TurnEndpoint
from perception.audio.turns.events import AskEndpoint, Endpoint
from perception.audio.vad import VoiceActivity
from perception.audio.wake import WakeWord
from perception.types import Samples, UserError

_VOICE = Path("silero-vad", "model.onnx")
_ENDPOINT = Path("smart-turn", "model.onnx")


@dataclass(frozen=True, slots=True)
class ModeReadiness:
    """The models of a mode, or what prevents it. Without `canceller` sound is taken as it comes."""

    wanted: Listen
    voice: VoiceActivity | None = None
    canceller: EchoCanceller | None = None
    wake: WakeWord | None = None
    trouble: UserError | None = None


class AudioModels:
    """The models of the audio process: loaded in a thread of its own, where smart-turn runs too."""

    def __init__(self, far: FarEnd, done: Callable[[ModeReadiness | Endpoint], None]) -> None:
        self._far, self._done = far, done
        self._jobs: queue.SimpleQueue[Listen | tuple[AskEndpoint, Samples]] = queue.SimpleQueue()
        self._voice: tuple[Path, VoiceActivity] | None = None
        self._endpoint: tuple[Path, TurnEndpoint] | None = None
        threading.Thread(target=self._run, name="ear-models", daemon=True).start()

    def prepare(self, wanted: Listen) -> None:
        """Load what this mode needs; `done` gets the `ModeReadiness`."""
        self._jobs.put(wanted)

    def ask(self, question: AskEndpoint, samples: Samples) -> None:
        """Whether that sounded like the end of a turn; `done` gets the `Endpoint`."""
        self._jobs.put((question, samples))

    def _run(self) -> None:
        while True:
            job = self._jobs.get()
            if isinstance(job, Listen):
                self._done(self._load(job))
            elif self._endpoint is not None:
                question, samples = job
                complete = self._endpoint[1].complete(samples)
                self._done(Endpoint(question.turn, question.at, complete))

    def _load(self, wanted: Listen) -> ModeReadiness:
        """Hold and tap mode do without a model, and take the microphone as it comes."""
        folder = Path(wanted.models)
        free = wanted.mode.hands_free
        try:
            if not free and not (folder / _VOICE).is_file():
                return ModeReadiness(wanted)
            voice = self._load_voice(folder / _VOICE)
            if not free:
                return ModeReadiness(wanted, voice)
            self._load_endpoint(folder / _ENDPOINT)
            wake = WakeWord(wanted.wake_word) if wanted.mode is Mode.WAKE else None
            return ModeReadiness(wanted, voice, EchoCanceller(self._far), wake)
        except UserError as error:
            return ModeReadiness(wanted, trouble=error)

    def _load_voice(self, file: Path) -> VoiceActivity:
        if self._voice is None or self._voice[0] != file:
            self._voice = file, VoiceActivity(file)
        return self._voice[1]

    def _load_endpoint(self, file: Path) -> None:
        if self._endpoint is None or self._endpoint[0] != file:
            self._endpoint = file, TurnEndpoint(file)
