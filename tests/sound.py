"""A private sound server with a virtual microphone and speaker, and an outside recorder.

Needs only the programs `pulseaudio`, `parec`, `pacat` and `pactl`; no sound card, no session.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, cast

import numpy as np
import pytest

from perception.types import Samples

RATE = 48_000
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


class SoundRoom:
    """The server and what stands in the room. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "native"
        self._server: subprocess.Popen[bytes] | None = None
        self._readers: list[subprocess.Popen[bytes]] = []
        self._recorder: threading.Thread | None = None
        self._heard: list[tuple[float, Samples]] = []
        self._lock = threading.Lock()
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
            assert time.monotonic() < deadline, (self._folder / "server.log").read_text()
            time.sleep(0.05)
        self.plug()
        self._record()

    def stop(self) -> None:
        """End the server and everything that was started."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None
        for reader in self._readers:
            reader.kill()
            reader.wait()
        if self._recorder is not None:
            self._recorder.join()
        self._readers.clear()
        self._socket.unlink(missing_ok=True)

    def hang(self, hanging: bool) -> None:
        """Make the server hang, or go on."""
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP if hanging else signal.SIGCONT)

    def plug(self) -> None:
        """Connect the microphone and make it the default."""
        self._module = self._do("pactl", "load-module", *_MICROPHONE).strip()
        self._do("pactl", "set-default-source", "mic")
        # A reader with a short buffer: without one, null sinks hold a second of sound back.
        self._readers.append(
            subprocess.Popen(
                self._pacat("--record", "mic"),
                env=self._environ(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
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

    def hear(self, since: float = 0.0) -> tuple[Samples, float]:
        """What came out of the speaker since this monotonic time, at `RATE`, and when it began."""
        with self._lock:
            parts = [part for part in self._heard if part[0] + part[1].size / RATE >= since]
        if not parts:
            return np.zeros(0, np.float32), since
        return np.concatenate([samples for _, samples in parts]), parts[0][0]

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

    def _record(self) -> None:
        process = subprocess.Popen(
            self._pacat("--record", "spk.monitor"),
            env=self._environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._readers.append(process)
        self._recorder = threading.Thread(
            target=self._keep, args=(cast(IO[bytes], process.stdout),), name="recorder"
        )
        self._recorder.start()

    def _keep(self, pipe: IO[bytes]) -> None:
        with pipe:
            while data := pipe.read(4 * RATE // 100):
                samples = np.frombuffer(data[: len(data) // 4 * 4], np.float32)
                with self._lock:
                    self._heard.append((time.monotonic() - samples.size / RATE, samples))

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
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundRoom]:
    """One room for the whole session; tests must leave its microphone plugged in."""
    with SoundRoom(tmp_path_factory.mktemp("room")) as made:
        yield made
