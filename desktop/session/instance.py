"""One program a data folder: a second start asks the first to come up, over a local socket."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.codes import DesktopCode
from perception.types import UserError

PATIENCE_S = 6.0
"""So long a program that is closing or busy is waited for; closing takes up to three seconds."""
_AGAIN_S = 0.1
_CONNECT_MS = 500
_LONGEST_PATH = 100
"""A longer name does not fit into the address of a socket."""
_MOST_BYTES = 64
_DONE = b"done\n"


class Wish(StrEnum):
    """What a second start asks of the first."""

    OPEN = "open"
    QUICK = "quick"


class OtherStarts(QObject):
    """Answers other starts of the program. `wished` carries what one of them asks for."""

    wished = Signal(object)

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        name = address(data)
        if not self._server.listen(name):
            # Left by a program that was killed: whoever holds the lock may take its place.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether other starts can ask."""
        return self._server.isListening()

    def close(self) -> None:
        """The program ends: the next start waits for the lock."""
        self._server.close()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()
            return
        word = bytes(socket.readLine(_MOST_BYTES).data()).decode("ascii", "replace").strip()
        if word not in tuple(Wish):
            socket.abort()
            return
        self.wished.emit(Wish(word))
        socket.write(_DONE)
        socket.flush()
        socket.disconnectFromServer()


def lock_or_ask(data: Path, wish: Wish, patience: float = PATIENCE_S) -> QLockFile | None:
    """The lock on the data folder; None where a program that runs did what was wished for.

    UserError where the folder cannot be written, or the program that runs gives no answer.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            DesktopCode.DATA_FOLDER_NOT_MADE, folder=data, reason=error.strerror
        ) from error
    lock = QLockFile(str(data / "candor.lock"))
    lock.setStaleLockTime(0)
    end = time.monotonic() + patience
    while not lock.tryLock(0):
        if lock.error() != QLockFile.LockError.LockFailedError:
            raise UserError(DesktopCode.DATA_FOLDER_NOT_WRITABLE, folder=data)
        left = end - time.monotonic()
        if left > 0 and _ask(address(data), wish, left):
            return None
        if time.monotonic() > end:
            raise UserError(DesktopCode.ALREADY_OPEN, process=_process_of(lock))
        time.sleep(_AGAIN_S)
    return lock


def address(data: Path, platform: str = sys.platform) -> str:
    """Where the program of this data folder is asked: readable for this user alone."""
    name = f"candor-{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:16]}"
    if platform == "win32":
        return name
    folders = (os.environ.get("XDG_RUNTIME_DIR", ""), str(data.resolve()))
    places = (str(Path(folder) / f"{name}.socket") for folder in folders if folder)
    fits: Callable[[str], bool] = lambda place: len(os.fsencode(place)) <= _LONGEST_PATH  # noqa: E731
    return next(filter(fits, places), name)


def _ask(where: str, wish: Wish, patience: float) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(where)
    if not socket.waitForConnected(min(_CONNECT_MS, round(patience * 1000))):
        return False
    socket.write(f"{wish}\n".encode())
    end = time.monotonic() + patience
    while (left := end - time.monotonic()) > 0:
        if socket.canReadLine():
            return bytes(socket.readLine().data()) == _DONE
        if not socket.waitForReadyRead(max(1, round(left * 1000))):
            break
    return socket.canReadLine() and bytes(socket.readLine().data()) == _DONE


def _process_of(lock: QLockFile) -> str:
    info = lock.getLockInfo()
    found = next((each for each in info if isinstance(each, int) and each > 1), None)
    return str(found or "?")
