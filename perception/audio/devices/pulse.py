"""PulseAudio and PipeWire: devices, changes, and which source really feeds us (Linux only)."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from perception.audio.devices.ports import Listing, Port, unique

_RETRY_SECONDS = 2.0
_SETTLE_SECONDS = 0.15
_RATE = 48_000  # the server converts where a device has another


def _pulsectl() -> Any | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        import pulsectl  # type: ignore[import-untyped]
    except OSError:  # no libpulse on this machine
        return None
    return pulsectl


def _connect(pulsectl: Any) -> Any:
    """A connection, never starting a server. It is a context manager."""
    server = pulsectl.Pulse("Candor", connect=False)
    try:
        server.connect(autospawn=False)
    except BaseException:
        server.close()
        raise
    return server


def listing() -> Listing | None:
    """The server's devices without monitors, or None where there is no server."""
    pulsectl = _pulsectl()
    if pulsectl is None:
        return None
    try:
        with _connect(pulsectl) as server:
            info = server.server_info()
            sources, sinks = server.source_list(), server.sink_list()
    except pulsectl.PulseError:
        return None
    monitors = {source.name for source in sources if _is_monitor(source)}
    microphones = unique(_port(source) for source in sources if source.name not in monitors)
    speakers = unique(_port(sink) for sink in sinks if sink.name != "auto_null")
    return Listing(
        microphones,
        speakers,
        _default(microphones, info.default_source_name),
        _default(speakers, info.default_sink_name),
    )


def hears_a_monitor() -> bool:
    """Whether the server has moved our recording to a monitor, as it does when one unplugs."""
    pulsectl = _pulsectl()
    if pulsectl is None:
        return False
    try:
        with _connect(pulsectl) as server:
            monitors = {source.index for source in server.source_list() if _is_monitor(source)}
            ours = [output.source for output in server.source_output_list() if _is_ours(output)]
    except pulsectl.PulseError:
        return False
    return any(source in monitors for source in ours)


def watch(changed: Callable[[], None]) -> None:
    """Call `changed` whenever devices come, go or change; returns at once where there is no Pulse.

    Runs for ever otherwise, asleep between events, and outlives the server.
    """
    pulsectl = _pulsectl()
    if pulsectl is None:
        return
    while True:
        try:
            with _connect(pulsectl) as server:
                changed()
                _listen(pulsectl, server, changed)
        except (pulsectl.PulseError, pulsectl.PulseDisconnected):
            changed()
        time.sleep(_RETRY_SECONDS / 4)


def start_watching(changed: Callable[[], None]) -> None:
    """`watch` in a thread of its own."""
    threading.Thread(target=watch, args=(changed,), name="hotplug", daemon=True).start()


def _listen(pulsectl: Any, server: Any, changed: Callable[[], None]) -> None:
    def wake(_event: Any) -> None:
        raise pulsectl.PulseLoopStop

    server.event_mask_set("source", "sink", "server", "source_output")
    server.event_callback_set(wake)
    while True:
        server.event_listen()
        changed()
        time.sleep(_SETTLE_SECONDS)  # one plug is a burst of events


def _is_monitor(source: Any) -> bool:
    # 0xFFFFFFFF is PA_INVALID_INDEX: this source is no sink's monitor.
    return str(source.name).endswith(".monitor") or source.monitor_of_sink != 0xFFFFFFFF


def _is_ours(output: Any) -> bool:
    return bool(output.proplist.get("application.process.id") == str(os.getpid()))


def _port(device: Any) -> Port:
    # pulsectl's sample_spec points into memory that is gone by now; its channels are copied.
    places = tuple(device.channel_list_raw)
    return Port(device.description, device.name, _RATE, len(places), True, places)


def _default(ports: tuple[Port, ...], name: str) -> Port | None:
    return next((port for port in ports if port.target == name), ports[0] if ports else None)
