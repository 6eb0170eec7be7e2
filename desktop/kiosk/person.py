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
        self._calling: QObject | None = None

    @property
    def possible(self) -> bool:
        """Whether the owner set how a person is called."""
        return bool(self._command)

    def call(self) -> None:
        """Call; a second press while one is on its way is the same call."""
        if self._calling is not None or not self.possible:
            return
        if self._command.startswith(("http://", "https://")):
            self._post(QUrl(self._command))
        else:
            self._run(shlex.split(self._command))

    def _run(self, words: list[str]) -> None:
        process = QProcess(self)
        self._calling = process
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(lambda code, _: self._end(code == 0, f"exit code {code}"))
        process.errorOccurred.connect(lambda error: self._end(False, str(error)))
        QTimer.singleShot(self._patience_ms, process, process.kill)
        process.start(words[0], words[1:])

    def _post(self, address: QUrl) -> None:
        if not is_loopback(address):
            self._end(False, "the address is not on this computer")
            return
        network = QNetworkAccessManager(self)
        network.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        network.setRedirectPolicy(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
        network.setTransferTimeout(self._patience_ms)
        self._calling = network
        request = QNetworkRequest(address)
        request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "text/plain")
        reply = network.post(request, b"")
        reply.finished.connect(lambda: self._answered(reply))

    def _answered(self, reply: QNetworkReply) -> None:
        code = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        self._end(isinstance(code, int) and 200 <= code < 300, reply.errorString())

    def _end(self, reached: bool, why: str) -> None:
        if self._calling is not None:
            self._calling.deleteLater()
            self._calling = None
        if not reached:
            _log.warning("no person was reached: %s", why)
        self.told.emit(reached)


def is_loopback(address: QUrl) -> bool:
    """Whether an address stays on this computer."""
    return address.isValid() and address.host() in _LOOPBACK and not address.userInfo()
