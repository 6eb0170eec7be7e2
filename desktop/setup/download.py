"""Fetching models beside the window: a thread, and one queued signal with what it has to say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from agent.models.store import ModelStore, Sources, default_sources
from agent.models.transfer import TransferProgress
from desktop.codes import DesktopCode
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class FetchEnded:
    """The fetching is over: complete, paused by the user, or stopped by an error."""

    complete: bool
    error: UserError | None = None


class Fetching(QObject):
    """One fetch at a time. `told` carries a `TransferProgress` or, at the end, a `FetchEnded`."""

    told = Signal(object)

    def __init__(
        self,
        store: ModelStore,
        ids: tuple[str, ...],
        parent: QObject | None = None,
        sources: Sources | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._ids, self._sources = store, ids, sources
        self._cut = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether a fetch is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, bundle: Path | None = None) -> None:
        """Fetch what is missing, from a folder first where one is named."""
        self.stop()
        self._cut = threading.Event()
        self._thread = threading.Thread(
            target=run_fetch,
            args=(lambda: self._get(bundle), self._cut, self.told.emit),
            name="fetch",
            daemon=True,
        )
        self._thread.start()

    def pause(self) -> None:
        """Stop soon; what is there stays, and `start` goes on from it."""
        self._cut.set()

    def stop(self) -> None:
        """Stop and wait until the thread has ended."""
        self._cut.set()
        if self._thread is not None:
            self._thread.join()

    def _get(self, bundle: Path | None) -> Generator[TransferProgress, None, None]:
        if bundle is None:
            return self._store.get(self._ids, self._sources)
        return self._store.get(self._ids, lambda scratch: default_sources(scratch, bundle))


def run_fetch(
    get: Callable[[], Generator[TransferProgress, None, None]],
    cut: threading.Event,
    tell: Callable[[object], None],
) -> None:
    """Go through one fetch: every `TransferProgress`, then one `FetchEnded`. `cut` stops it."""
    fetch = get()
    try:
        for progress in fetch:
            if cut.is_set():
                fetch.close()
                tell(FetchEnded(complete=False))
                return
            tell(progress)
    except UserError as error:
        tell(FetchEnded(complete=False, error=error))
    except Exception as error:
        # The window must not wait for ever; the cause still reaches the thread's excepthook.
        stopped = UserError(DesktopCode.FETCHING_STOPPED, reason=error)
        tell(FetchEnded(complete=False, error=stopped))
        raise
    else:
        tell(FetchEnded(complete=True))
