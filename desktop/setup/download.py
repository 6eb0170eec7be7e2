"""Fetching models beside the window: a thread, and one queued signal with what it has to say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from agent.models.store import Store, default_sources
from agent.models.transfer import Progress
from desktop.codes import DesktopCode
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Ended:
    """The fetching is over: complete, paused by the user, or stopped by an error."""

    complete: bool
    error: UserError | None = None


class Fetching(QObject):
    """Runs one fetch at a time. `told` carries a `Progress` or, at the end, an `Ended`."""

    told = Signal(object)

    def __init__(self, store: Store, ids: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._ids = store, ids
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
            target=run,
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

    def _get(self, bundle: Path | None) -> Generator[Progress, None, None]:
        if bundle is None:
            return self._store.get(self._ids)
        return self._store.get(self._ids, lambda scratch: default_sources(scratch, bundle))


def run(
    get: Callable[[], Generator[Progress, None, None]],
    cut: threading.Event,
    tell: Callable[[object], None],
) -> None:
    """Go through one fetch: every `Progress`, then one `Ended`. `cut` stops it."""
    fetch = get()
    try:
        for progress in fetch:
            if cut.is_set():
                fetch.close()
                tell(Ended(complete=False))
                return
            tell(progress)
    except UserError as error:
        tell(Ended(complete=False, error=error))
    except Exception as error:
        # The window must not wait for ever; the cause still reaches the thread's excepthook.
        stopped = UserError(DesktopCode.FETCHING_STOPPED, reason=error)
        tell(Ended(complete=False, error=stopped))
        raise
    else:
        tell(Ended(complete=True))
