"""A key that is taken from all of X: pressed in any program, it comes here."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from itertools import chain, combinations

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from desktop.window.quick.keysym import XKey

_LOCKS = (1 << 1, 1 << 4)
"""Caps Lock and Num Lock: a key counts whether they are on or not."""
_KEY_PRESS, _MAPPING = 2, 34
_ASYNC = 1
_EVENT_BYTES = 192
_REPORT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_SIGNATURES: dict[str, tuple[object, list[object]]] = {
    "XOpenDisplay": (ctypes.c_void_p, [ctypes.c_char_p]),
    "XCloseDisplay": (ctypes.c_int, [ctypes.c_void_p]),
    "XConnectionNumber": (ctypes.c_int, [ctypes.c_void_p]),
    "XDefaultRootWindow": (ctypes.c_ulong, [ctypes.c_void_p]),
    "XKeysymToKeycode": (ctypes.c_ubyte, [ctypes.c_void_p, ctypes.c_ulong]),
    "XGrabKey": (
        ctypes.c_int,
        [
            ctypes.c_void_p,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_ulong,
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_int,
        ],
    ),
    "XUngrabKey": (
        ctypes.c_int,
        [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_ulong],
    ),
    "XSync": (ctypes.c_int, [ctypes.c_void_p, ctypes.c_int]),
    "XPending": (ctypes.c_int, [ctypes.c_void_p]),
    "XNextEvent": (ctypes.c_int, [ctypes.c_void_p, ctypes.c_void_p]),
    "XRefreshKeyboardMapping": (ctypes.c_int, [ctypes.c_void_p]),
    "XSetErrorHandler": (ctypes.c_void_p, [ctypes.c_void_p]),
}


class X11Key(QObject):
    """One grabbed key on a connection of its own. OSError where there is no X server."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._x = _library()
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise OSError("no X server")
        self._root = self._x.XDefaultRootWindow(self._display)
        self._key: XKey | None = None
        self._grabbed: int = 0
        number = self._x.XConnectionNumber(self._display)
        self._watch = QSocketNotifier(number, QSocketNotifier.Type.Read, self)
        self._watch.activated.connect(self._read)

    def grab(self, key: XKey) -> bool:
        """Take the key; False where another program has it, or the keyboard lacks it."""
        self.release()
        code = int(self._x.XKeysymToKeycode(self._display, key.symbol))
        if not code:
            return False
        with self._errors() as errors:
            for mask in _masks(key.mask):
                self._x.XGrabKey(self._display, code, mask, self._root, 0, _ASYNC, _ASYNC)
        self._key, self._grabbed = key, code
        if errors:
            self.release()
        return not errors

    def release(self) -> None:
        """Let go of the key."""
        if self._key is not None:
            with self._errors():
                for mask in _masks(self._key.mask):
                    self._x.XUngrabKey(self._display, self._grabbed, mask, self._root)
        self._key = None

    def close(self) -> None:
        """Let go of the key and of the X server."""
        if self._display:
            self._watch.setEnabled(False)
            self._x.XCloseDisplay(self._display)
            self._display = None

    def _read(self) -> None:
        event = ctypes.create_string_buffer(_EVENT_BYTES)
        while self._display and self._x.XPending(self._display):
            self._x.XNextEvent(self._display, event)
            kind = ctypes.cast(event, ctypes.POINTER(ctypes.c_int))[0]
            if kind == _KEY_PRESS:
                self.pressed.emit()
            elif kind == _MAPPING and self._key is not None:
                # Another keyboard layout: the key may lie elsewhere.
                self._x.XRefreshKeyboardMapping(event)
                self.grab(self._key)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[list[int]]:
        """What X complains of meanwhile; by itself it would end the program."""
        errors = list[int]()

        def note(_display: int, _error: int) -> int:
            errors.append(1)
            return 0

        report = _REPORT(note)
        before = self._x.XSetErrorHandler(ctypes.cast(report, ctypes.c_void_p))
        try:
            yield errors
            self._x.XSync(self._display, 0)
        finally:
            self._x.XSetErrorHandler(before)


def _masks(mask: int) -> list[int]:
    """The mask with every choice of locks."""
    choices = chain.from_iterable(combinations(_LOCKS, n) for n in range(len(_LOCKS) + 1))
    return [mask | sum(locks) for locks in choices]


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libX11.so.6")
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
