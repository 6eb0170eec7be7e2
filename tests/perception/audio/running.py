"""Ears as a process, with the test in the places of window and mind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from agent.speech.audio_client import AudioClient
from perception.audio.ipc.link import ADDRESS, KEY, meeting_place
from perception.audio.ipc.messages import FROM_EARS, TO_EARS, Received
from perception.types import Utterance
from perception.wire import Codec, receive, write_frame
from tests.waiting import until

_T = TypeVar("_T")


class Inbox:
    """Messages as they come, to be waited for."""

    def __init__(self) -> None:
        self._messages: list[object] = []
        self._changed = threading.Condition()

    def put(self, message: object) -> None:
        """Take a message."""
        with self._changed:
            self._messages.append(message)
            self._changed.notify_all()

    def all(self, kind: type[_T]) -> list[_T]:
        """All messages of a kind so far."""
        with self._changed:
            return [message for message in self._messages if isinstance(message, kind)]

    def wait(
        self, kind: type[_T], which: Callable[[_T], bool] = lambda _: True, seconds: float = 10
    ) -> _T:
        """The first message of this kind that is so; AssertionError where none comes."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                for message in self._messages:
                    if isinstance(message, kind) and which(message):
                        return message
                left = deadline - time.monotonic()
                assert left > 0, f"no {kind.__name__} among {self._messages}"
                self._changed.wait(left)

    def clear(self) -> None:
        """Forget what came."""
        with self._changed:
            self._messages.clear()


class RunningEars:
    """The process; `window` and `mind` hold what it tells each."""

    def __init__(
        self,
        environment: Mapping[str, str],
        with_mind: bool = True,
        program: str = "from perception.audio.process import main; main()",
    ) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="candor-"))
        self.place = meeting_place(self._folder)
        self._environment = {**os.environ, **environment, **self.place}
        self._with_mind, self._program = with_mind, program
        self.window, self.mind = Inbox(), Inbox()
        self.link: AudioClient | None = None
        self._codec = Codec(TO_EARS)

    def __enter__(self) -> RunningEars:
        self.start()
        if self._with_mind:
            self.meet()
        return self

    def __exit__(self, *_: object) -> None:
        if self.link is not None:
            self.link.close()
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start the process."""
        self.process = subprocess.Popen(
            [sys.executable, "-c", self._program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._environment,
        )
        self._reader = threading.Thread(target=self._read, args=(self.process,), name="from-ears")
        self._reader.start()

    def meet(self) -> AudioClient:
        """Connect a mind, in the place of the one before."""
        if self.link is not None:
            self.link.close()
        link = self.link = AudioClient(self.place[ADDRESS], bytes.fromhex(self.place[KEY]))
        link.listen(self._take)
        assert until(lambda: link.connected, 10), "ears did not let the mind in"
        return link

    def _take(self, message: object) -> None:
        """As a mind that has every utterance on disk at once."""
        self.mind.put(message)
        if isinstance(message, Utterance) and self.link is not None:
            self.link.send_message(Received(message.turn))

    def tell(self, message: object) -> None:
        """Say something as the window."""
        write_frame(cast(BinaryIO, self.process.stdin), self._codec.encode(message))

    def stop(self) -> int:
        """Close the wire and wait for the end; the exit code."""
        cast(BinaryIO, self.process.stdin).close()
        code = self.process.wait(5)
        self._reader.join(5)
        cast(BinaryIO, self.process.stdout).close()
        return code

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        for message in receive(cast(BinaryIO, process.stdout), Codec(FROM_EARS)):
            self.window.put(message)
