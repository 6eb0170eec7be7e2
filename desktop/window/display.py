"""Whether a window can open here: Qt aborts the process where it cannot, so it is asked first."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping

from desktop.codes import DesktopCode
from perception.types import UserError

_HINT = "Without a window: `candor chat` talks in the terminal, `candor ask` answers one question."
_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
}


def check_display(environment: Mapping[str, str]) -> None:
    """UserError, with what to do, where Qt would find no display or lacks a library."""
    if not sys.platform.startswith("linux"):
        return
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform and platform not in ("xcb", "wayland"):
        return
    display = environment.get("DISPLAY", "")
    if not display and not environment.get("WAYLAND_DISPLAY"):
        raise UserError(DesktopCode.NO_DISPLAY)
    if display and not environment.get("WAYLAND_DISPLAY"):
        _check_libraries()
        if not _reachable(display):
            raise UserError(DesktopCode.DISPLAY_NOT_REACHED, display=display)


def _check_libraries() -> None:
    missing = [package for name, package in _LIBRARIES.items() if not _loads(name)]
    if missing:
        raise UserError(
            DesktopCode.WINDOW_LIBRARIES_MISSING,
            missing=", ".join(missing),
            missing_2=" ".join(missing),
        )


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _reachable(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
