"""Which microphones and speakers there are, by name, and how to open one.

Two sources of truth: a PulseAudio or PipeWire server where there is one (PortAudio sees only its
default through ALSA), else PortAudio's own list.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from perception.audio import pulse
from perception.audio.ports import Listing, Port, unique
from perception.types import UserError

LATENCY = 0.04
_BLOCKS_A_SECOND = 50
_MOST_CHANNELS = 8
_HOSTS = {"win32": "Windows WASAPI", "darwin": "Core Audio"}


def portaudio() -> Any:
    """The sounddevice module; UserError where the PortAudio library is missing."""
    try:
        import sounddevice  # type: ignore[import-untyped]
    except OSError as error:
        raise UserError(
            "Sound needs the PortAudio library, which is not installed.",
            "Install it (Debian, Ubuntu: sudo apt install libportaudio2 libasound2-plugins).",
        ) from error
    return sounddevice


def listing(in_use: bool) -> Listing:
    """What there is now; UserError where PortAudio is missing.

    PortAudio looks again only when it restarts, which ends every stream: not while `in_use`.
    """
    audio = portaudio()
    server = pulse.listing()
    if not in_use and (server is None or _pulse_index(audio) is None):
        audio._terminate()
        audio._initialize()
    if server is not None and _pulse_index(audio) is not None:
        return server
    return _portaudio_listing(audio)


Callback: TypeAlias = Callable[..., None]
"""PortAudio's: (block, frames, time, status)."""


def open_microphone(
    port: Port, work: Callable[[int, int], Callback], ended: Callable[[], None]
) -> Any:
    """A started input stream; UserError when the device cannot be opened.

    `work(rate, channels)` makes the callback for the format that the device accepts.
    """
    return _open(port, "InputStream", "PULSE_SOURCE", work, ended)


def open_speaker(
    port: Port, work: Callable[[int, int], Callback], ended: Callable[[], None]
) -> Any:
    """A started output stream, in the same manner."""
    return _open(port, "OutputStream", "PULSE_SINK", work, ended)


def _open(
    port: Port,
    kind: str,
    variable: str,
    work: Callable[[int, int], Callback],
    ended: Callable[[], None],
) -> Any:
    audio = portaudio()
    failure: Exception | None = None
    for rate, channels in _formats(port, kind):
        try:
            with _routed(variable, port):
                stream = getattr(audio, kind)(
                    samplerate=rate,
                    channels=channels,
                    blocksize=rate // _BLOCKS_A_SECOND,
                    latency=LATENCY,
                    device=_pulse_index(audio) if port.on_server else port.target,
                    dtype="float32",
                    callback=work(rate, channels),
                    finished_callback=ended,
                    extra_settings=_settings(audio),
                )
                stream.start()
        except (audio.PortAudioError, ValueError, OSError) as error:
            failure = error
            continue
        return stream
    raise UserError(
        f"“{port.name}” could not be opened: {failure}.",
        "Close other programs that use it, allow Candor to use it in the system's privacy "
        "settings, or choose another device in Settings.",
    )


def _formats(port: Port, kind: str) -> list[tuple[int, int]]:
    """The device's own format first: its driver is surest of that."""
    channels = max(1, min(port.channels, _MOST_CHANNELS if kind == "InputStream" else 2))
    wanted = [(port.rate, channels), (port.rate, 1), (48_000, 1), (44_100, 2), (16_000, 1)]
    return list(dict.fromkeys(wanted))


@contextmanager
def _routed(variable: str, port: Port) -> Iterator[None]:
    if not port.on_server:
        yield
        return
    before = os.environ.get(variable)
    os.environ[variable] = str(port.target)
    try:
        yield
    finally:
        del os.environ[variable]
        if before is not None:
            os.environ[variable] = before


def _settings(audio: Any) -> Any:
    return audio.WasapiSettings(auto_convert=True) if sys.platform == "win32" else None


def _pulse_index(audio: Any) -> int | None:
    if not sys.platform.startswith("linux"):
        return None
    names = [device["name"] for device in audio.query_devices()]
    return names.index("pulse") if "pulse" in names else None


def _portaudio_listing(audio: Any) -> Listing:
    hosts, devices = audio.query_hostapis(), audio.query_devices()
    if not hosts:
        return Listing((), (), None, None)
    named = [host for host in hosts if host["name"] == _HOSTS.get(sys.platform)]
    host = named[0] if named else hosts[audio.default.hostapi if len(hosts) > 1 else 0]
    found: dict[str, list[Port]] = {"input": [], "output": []}
    for index in host["devices"]:
        for side, ports in found.items():
            channels = devices[index][f"max_{side}_channels"]
            name = devices[index]["name"]
            if channels and not (side == "input" and _is_loopback(name)):
                # ALSA's virtual devices claim dozens of channels and convert from any.
                few = channels if channels <= _MOST_CHANNELS else 1
                rate = int(devices[index]["default_samplerate"])
                ports.append(Port(name, index, rate, few, False))
    microphones, speakers = unique(found["input"]), unique(found["output"])
    return Listing(
        microphones,
        speakers,
        _default(microphones, host["default_input_device"]),
        _default(speakers, host["default_output_device"]),
    )


def _is_loopback(name: str) -> bool:
    return "monitor" in name.lower() or "loopback" in name.lower()


def _default(ports: tuple[Port, ...], index: int) -> Port | None:
    return next((port for port in ports if port.target == index), ports[0] if ports else None)
