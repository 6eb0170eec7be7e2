"""After the models were fetched from the network: whether a better one can be had, to be offered.

It asks the hub for the size of one file, and that only after the user let Candor fetch models from
the network in this very run. Where the hub does not answer, nothing is said.
"""

from __future__ import annotations

import logging
import tempfile
import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from agent.engines.hardware import examine
from agent.engines.offers import accelerated, best
from agent.models.catalog import Model
from agent.models.sizes import settled
from agent.models.sources import hub
from agent.models.store import ModelStore, Sources, open_store
from desktop.setup import library_text
from desktop.widgets import quantities
from perception.leftovers import owned_prefix
from perception.types import UserError

_log = logging.getLogger("candor.models")


def _only_hub(scratch: Path) -> tuple[hub.Hub, ...]:
    del scratch
    return (hub.from_environment(),)


class BetterOffer(QObject):
    """`found` carries a model that suits this computer, is not here, and can be had now."""

    found = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        store: ModelStore | None = None,
        sources: Sources = _only_hub,
    ) -> None:
        super().__init__(parent)
        self._store, self._sources = store or open_store(), sources

    def look(self) -> None:
        """Ask, beside the window."""
        threading.Thread(target=self._look, name="offer", daemon=True).start()

    def _look(self) -> None:
        hardware = examine()
        model = best(self._store.catalog, hardware, accelerated(hardware))
        if model is None or not self._store.problems(model):
            return
        if (sized := self._sized(model)) is not None:
            self.found.emit(sized)

    def _sized(self, model: Model) -> Model | None:
        with tempfile.TemporaryDirectory(prefix=owned_prefix()) as scratch:
            asking = settled((model,), (model,), self._sources(Path(scratch)))
            try:
                while True:
                    next(asking)
            except StopIteration as end:
                sized: Model = end.value[0]
                return sized
            except UserError as error:
                _log.info("nothing is offered: %s", error)
                return None


def offer_text(model: Model) -> tuple[str, str]:
    """What is offered, and what it is better at."""
    translate = QCoreApplication.translate
    message = translate("Library", "A better model for this computer: {model} ({size}, {licence}).")
    said = message.format(
        model=model.title, size=quantities.size(model.size), licence=model.licence
    )
    hint = translate("Library", "{better}. It is fetched only if you ask for it.")
    return said, hint.format(better=library_text.better_at(model))
