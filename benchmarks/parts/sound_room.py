"""A private sound server with a virtual microphone and speaker, and an outside recorder.

Needs only the programs `pulseaudio`, `parec`, `pacat` and `pactl`; no sound card, no session.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import numpy as np

from perception.types import Samples

RATE = 48_000
SPEAKER, MICROPHONE = "spk.monitor", "mic"
_KEPT_PIECES = 30_000
_SERVER = """
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=spk rate=48000 sink_properties=device.description=Desk
load-module module-null-sink sink_name=micfeed rate=48000 sink_properties=device.description=Feed
set-default-sink spk
"""
_MICROPHONE = (
    "module-remap-source",
    "master=micfeed.monitor",
    "source_name=mic",
    "source_properties=device.description=Headset",
)


def _feed(source: subprocess.Popen[bytes], sound: bytes) -> None:
    pipe = cast(IO[bytes], source.stdin)
    try:
        while True:
            pipe.write(sound)
    except BrokenPipeError:
        return  # it was stopped


class Recorder:
    """Keeps the last minutes of what a recording process writes, with the time of each piece."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._kept: deque[tuple[float, Samples]] = deque(maxlen=_KEPT_PIECES)
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="recorder")
        self._thread.start()

    def since(self, moment: float) -> tuple[Samples, float]:
        """What was recorded since this monotonic time, and when that began."""
        with self._lock:
            parts = [part for part in self._kept if part[0] + part[1].size / RATE >= moment]
        if not parts:
            return np.zeros(0, np.float32), moment
        return np.concatenate([samples for _, samples in parts]), parts[0][0]

    def stop(self) -> None:
        """End the process and the thread."""
        self._process.kill()
        self._process.wait()
        self._thread.join()

    def _keep(self) -> None:
        with cast(IO[bytes], self._process.stdout) as pipe:
            while data := pipe.read(4 * RATE // 100):
                samples = np.frombuffer(data[: len(data) // 4 * 4], np.float32)
                with self._lock:
                    self._kept.append((time.monotonic() - samples.size / RATE, samples))


class SoundRoom:
    """The server and what stands in the room. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "native"
        self._server: subprocess.Popen[bytes] | None = None
        self._recorders: dict[str, Recorder] = {}
        self._module = ""

    @property
    def environment(self) -> Mapping[str, str]:
        """What a program needs in its environment to be in this room."""
        runtime = str(self._folder)
        return {
            "XDG_RUNTIME_DIR": runtime,
            "PULSE_RUNTIME_PATH": runtime,
            "PULSE_STATE_PATH": runtime,
            "PULSE_COOKIE": str(self._folder / "cookie"),
            "PULSE_SERVER": f"unix:{self._socket}",
        }

    def __enter__(self) -> SoundRoom:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and the recorder, and plug the microphone in."""
        script = self._folder / "room.pa"
        script.write_text(_SERVER.format(socket=self._socket))
        command = ["pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--use-pid-file=no"]
        with (self._folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                [*command, "--exit-idle-time=-1", "--realtime=no", "--high-priority=no"],
                env={**self._environ(), "HOME": str(self._folder)},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 10
        while self._try("pactl", "info").returncode:
            if time.monotonic() > deadline:
                raise RuntimeError((self._folder / "server.log").read_text())
            time.sleep(0.05)
        self.plug()
        self._record(SPEAKER)

    def stop(self) -> None:
        """End the server and everything that was started."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None
        for recorder in self._recorders.values():
            recorder.stop()
        self._recorders.clear()
        self._socket.unlink(missing_ok=True)

    def hang(self, hanging: bool) -> None:
        """Make the server hang, or go on."""
        server = cast(subprocess.Popen[bytes], self._server)
        server.send_signal(signal.SIGSTOP if hanging else signal.SIGCONT)

    def plug(self) -> None:
        """Connect the microphone and make it the default."""
        self._module = self._do("pactl", "load-module", *_MICROPHONE).strip()
        self._do("pactl", "set-default-source", "mic")
        # A reader with a short buffer: without one, null sinks hold a second of sound back.
        self._record(MICROPHONE)
        self._await_microphone()

    def unplug(self) -> None:
        """Pull the microphone out."""
        self._do("pactl", "unload-module", self._module)

    def control(self, *words: str) -> str:
        """Run pactl in the room."""
        return self._do("pactl", *words)

    def speak(self, samples: Samples, rate: int, into: str = "micfeed") -> None:
        """Speak into the microphone (or another sink), and wait until it is said."""
        import soxr  # type: ignore[import-untyped]

        sound = soxr.resample(np.ascontiguousarray(samples, np.float32), rate, RATE)
        # The server shifts the last fraction of a second when a stream ends: let that be silence.
        sound = np.concatenate([sound, np.zeros(RATE // 2, np.float32)])
        subprocess.run(
            self._pacat("--playback", into, 400),  # so much that a busy machine cannot stutter
            input=sound.tobytes(),
            env=self._environ(),
            check=True,
        )

    @contextmanager
    def noise(self, loudness: float) -> Iterator[None]:
        """Steady noise in the room, as a microphone always hears some."""
        random = np.random.default_rng(1)
        hiss = random.normal(0.0, loudness, RATE * 10).astype(np.float32).tobytes()
        with subprocess.Popen(
            self._pacat("--playback", "micfeed", 400), env=self._environ(), stdin=subprocess.PIPE
        ) as source:
            feeder = threading.Thread(target=_feed, args=(source, hiss), name="noise")
            feeder.start()
            try:
                yield
            finally:
                source.kill()
                feeder.join()

    def hear(self, since: float = 0.0, place: str = SPEAKER) -> tuple[Samples, float]:
        """What came out of the speaker since this monotonic time, at `RATE`, and when it began.

        `place` may be `MICROPHONE`: what was said into it.
        """
        return self._recorders[place].since(since)

    def _await_microphone(self) -> None:
        """The first sound of a new source comes up to two seconds late."""
        with subprocess.Popen(
            self._pacat("--record", "mic"),
            env=self._environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as probe:
            cast(IO[bytes], probe.stdout).read(4 * RATE // 10)
            probe.kill()

    def _record(self, place: str) -> None:
        before = self._recorders.pop(place, None)
        if before is not None:
            before.stop()
        process = subprocess.Popen(
            self._pacat("--record", place),
            env=self._environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._recorders[place] = Recorder(process)

    def _pacat(self, way: str, device: str, latency: int = 20) -> list[str]:
        form = ["--raw", "--format=float32le", f"--rate={RATE}", "--channels=1"]
        return ["pacat", way, *form, f"--latency-msec={latency}", f"--device={device}"]

    def _environ(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def _try(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self._environ(), capture_output=True, text=True, check=False
        )

    def _do(self, *command: str) -> str:
        done = self._try(*command)
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr}")
        return done.stdout
