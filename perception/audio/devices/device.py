"""Which microphones and speakers there are, by name, and how to open one.

A PulseAudio or PipeWire server where there is one, else PortAudio.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeAlias

from perception.audio.devices import pulse, pulse_stream
from perception.audio.devices.ports import (
    DeviceStream,
    Fill,
    Listing,
    OutputStream,
    PlaybackSource,
    Port,
    Take,
    unique,
)
from perception.codes import PerceptionCode
from perception.types import UserError

LATENCY = 0.06
_BLOCKS_A_SECOND = 50
_MOST_CHANNELS = 8
_MOST_DELAY = 1.0
_HOSTS = {"win32": "Windows WASAPI", "darwin": "Core Audio"}
_Callback: TypeAlias = Callable[..., None]


def portaudio() -> Any:
    """The sounddevice module; UserError where the PortAudio library is missing."""
    try:
        import sounddevice  # type: ignore[import-untyped]
    except OSError as error:
        raise UserError(PerceptionCode.PORTAUDIO_MISSING) from error
    return sounddevice


def listing(in_use: bool) -> Listing:
    """What there is now; UserError where PortAudio is needed and missing.

    PortAudio looks again only when it restarts, which ends every stream: not while `in_use`.
    """
    if pulse_stream.available() and (server := pulse.listing()) is not None:
        return server
    audio = portaudio()
    if not in_use:
        audio._terminate()
        audio._initialize()
    return _portaudio_listing(audio)


def open_microphone(
    port: Port, work: Callable[[int, int], Take], ended: Callable[[], None]
) -> DeviceStream:
    """A started input stream; UserError when the device cannot be opened.

    `work(rate, channels)` makes the function that gets the blocks.
    """
    if port.on_server:
        channels = min(port.channels, _MOST_CHANNELS)
        return pulse_stream.PulseInput(port, channels, work(port.rate, channels), ended)
    return _open(port, "InputStream", lambda *form: _taking(work(*form), form[0]), ended)


def open_speaker(port: Port, source: PlaybackSource, ended: Callable[[], None]) -> OutputStream:
    """A started output stream that plays `source`, whose ring is tuned to the device's rate."""

    def work(rate: int, _channels: int) -> _Callback:
        source.ring.retune(rate)
        return _filling(source.fill)

    if port.on_server:
        source.ring.retune(port.rate)
        return pulse_stream.PulseOutput(port, source, ended)
    return _open(port, "OutputStream", work, ended, source.rewound)


class _PortAudioStream:
    """A stream of PortAudio. Its buffer is short, so nothing is taken back from it."""

    def __init__(self, stream: Any, rewound: Callable[[float], None]) -> None:
        self._stream, self._rewound = stream, rewound

    @property
    def active(self) -> bool:
        """False once it has ended by itself."""
        return bool(self._stream.active)

    def rewind(self) -> None:
        """What `fill` gives next is heard soon enough."""
        self._rewound(0.0)

    def close(self) -> None:
        """Let go of the device at once."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def _taking(take: Take, rate: int) -> _Callback:
    def callback(frames: Any, count: int, when: Any, _status: Any) -> None:
        # The first sample of a block is at least a block old; some drivers say nonsense.
        delay = when.currentTime - when.inputBufferAdcTime
        take(frames.copy(), max(delay, count / rate) if delay <= _MOST_DELAY else LATENCY)

    return callback


def _filling(fill: Fill) -> _Callback:
    def callback(out: Any, count: int, when: Any, _status: Any) -> None:
        delay = when.outputBufferDacTime - when.currentTime
        out[:] = fill(count, delay if 0.0 <= delay <= _MOST_DELAY else LATENCY)[:, None]

    return callback


def _open(
    port: Port,
    kind: str,
    work: Callable[[int, int], _Callback],
    ended: Callable[[], None],
    rewound: Callable[[float], None] = lambda _unplayed: None,
) -> _PortAudioStream:
    audio = portaudio()
    failure: Exception | None = None
    for rate, channels in _formats(port, kind):
        try:
            stream = getattr(audio, kind)(
                samplerate=rate,
                channels=channels,
                blocksize=rate // _BLOCKS_A_SECOND,
                latency=LATENCY,
                device=port.target,
                dtype="float32",
                callback=work(rate, channels),
                finished_callback=ended,
                extra_settings=_settings(audio),
            )
            stream.start()
        except (audio.PortAudioError, ValueError, OSError) as error:
            failure = error
            continue
        return _PortAudioStream(stream, rewound)
    raise UserError(PerceptionCode.DEVICE_COULD_NOT_BE_OPENED, port=port.name, reason=failure)


def _formats(port: Port, kind: str) -> list[tuple[int, int]]:
    """The device's own format first: its driver is surest of that."""
    channels = max(1, min(port.channels, _MOST_CHANNELS if kind == "InputStream" else 2))
    wanted = [(port.rate, channels), (port.rate, 1), (48_000, 1), (44_100, 2), (16_000, 1)]
    return list(dict.fromkeys(wanted))


def _settings(audio: Any) -> Any:
    return audio.WasapiSettings(auto_convert=True) if sys.platform == "win32" else None


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
