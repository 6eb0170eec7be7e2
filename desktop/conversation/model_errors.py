"""Errors that another model would mend lead to the Models page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from perception.messages import Notice, way

_MODELS = "models"


def about_models(told: Notice) -> bool:
    """Whether the user can mend it by choosing or fetching another model."""
    return way(told) == _MODELS


def steps(
    told: Notice, open_models: Callable[[], None]
) -> Sequence[tuple[str, Callable[[], None]]]:
    """The button that leads to the Models page, where the error is about a model."""
    if not about_models(told):
        return ()
    return ((QCoreApplication.translate("Models", "Models…"), open_models),)
