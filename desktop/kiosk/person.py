"""Calling a person: a command or an address on this computer, both set by the owner."""

from __future__ import annotations

import logging
import shlex

from PySide6.QtCore import QObject, QProcess, QTimer, QUrl, Signal
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkProxy,
    QNetworkReply,
    QNetworkRequest,
)

_log = logging.getLogger("candor.processes")

_PATIENCE_MS = 10_000
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class PersonCall(QObject):
    """Calls a person without waiting. `told(True)` when somebody was told, once for each call."""

    told = Signal(bool)

    def __init__(
        self, command: str, parent: QObject | None = None, patience_ms: int = _PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        self._command, self._patience_ms = command.strip(), patience_ms
        self._process: QProcess | None = None
        self._reply: QNetworkReply | None = None
        self._network: QNetworkAccessManager | None = None
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self._give_up)

    @property
    def possible(self) -> bool:
        """Whether the owner set how a person is called."""
        return bool(self._command)

    def call(self) -> None:
        """Call; a second press while one is on its way is the same call."""
        if self._process is not None or self._reply is not None or not self.possible:
            return
        if self._command.startswith(("http://", "https://")):
            self._post(QUrl(self._command))
        else:
            self._run(shlex.split(self._command))

    def _run(self, words: list[str]) -> None:
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._not_started)
        self._patience.start()
        self._process.start(words[0], words[1:])

    def _post(self, address: QUrl) -> None:
        if not is_loopback(address):
            self._end(False, "the address is not on this computer")
            return
        self._network = self._network or QNetworkAccessManager(self)
        self._network.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._network.setRedirectPolicy(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
        request = QNetworkRequest(address)
        request.setTransferTimeout(self._patience_ms)
        request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "text/plain")
        self._reply = self._network.post(request, b"")
        self._reply.finished.connect(self._answered)

    def _finished(self, code: int, how: QProcess.ExitStatus) -> None:
        ended = how is QProcess.ExitStatus.NormalExit and code == 0
        self._end(ended, f"exit code {code}")

    def _not_started(self, error: QProcess.ProcessError) -> None:
        """Only then nothing is told of an end."""
        if error is QProcess.ProcessError.FailedToStart:
            self._end(False, "the command could not be started")

    def _give_up(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _answered(self) -> None:
        if self._reply is None:
            return
        code = self._reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        reached = isinstance(code, int) and 200 <= code < 300
        self._end(reached, self._reply.errorString())

    def _end(self, reached: bool, why: str) -> None:
        self._patience.stop()
        for done in (self._process, self._reply):
            if done is not None:
                done.deleteLater()
        self._process = self._reply = None
        if not reached:
            _log.warning("no person was reached: %s", why)
        self.told.emit(reached)


def is_loopback(address: QUrl) -> bool:
    """Whether an address stays on this computer."""
    return address.isValid() and address.host() in _LOOPBACK and not address.userInfo()
