"""Errors about a model lead to the Models page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from agent.codes import AgentCode
from perception.messages import Notice

ABOUT_MODELS = frozenset({
    AgentCode.ARCHITECTURE_UNKNOWN,
    AgentCode.DIALOGUE_FILE_MISSING,
    AgentCode.DIALOGUE_MODEL_UNKNOWN,
    AgentCode.FILE_HAS_NO_TEMPLATE,
    AgentCode.FILE_IS_NO_CHAT_MODEL,
    AgentCode.GGUF_DAMAGED,
    AgentCode.GGUF_MISSING,
    AgentCode.GGUF_UNREADABLE,
    AgentCode.LLAMA_NOT_LOADED,
    AgentCode.MODEL_COMPUTES_NO_NUMBERS,
    AgentCode.MODEL_DAMAGED,
    AgentCode.MODEL_FILE_UNUSABLE,
    AgentCode.MODEL_NOT_FETCHED,
    AgentCode.MODEL_UNKNOWN,
    AgentCode.MODEL_UNUSABLE,
    AgentCode.MODEL_UNUSABLE_MANY_MISSING,
    AgentCode.NOT_A_CHAT_MODEL,
    AgentCode.NOT_A_CHAT_SERVER,
    AgentCode.NOT_A_GGUF,
    AgentCode.NOT_A_SERVER_ADDRESS,
    AgentCode.NOT_ENOUGH_MEMORY,
    AgentCode.NO_ENGINE_FOR_MODEL,
    AgentCode.SERVER_CONNECTION_LOST,
    AgentCode.SERVER_LACKS_MODEL,
    AgentCode.SERVER_NAMES_NO_MODEL,
    AgentCode.SERVER_NOT_THERE,
    AgentCode.SERVER_TIMED_OUT,
    AgentCode.TEMPLATE_REFUSES,
    AgentCode.TEMPLATE_UNREADABLE,
})  # fmt: skip
"""What the user can mend by choosing or fetching another model."""


def steps(
    told: Notice, open_models: Callable[[], None]
) -> Sequence[tuple[str, Callable[[], None]]]:
    """The button that leads to the Models page, where the error is about a model."""
    if told.code not in ABOUT_MODELS:
        return ()
    return ((QCoreApplication.translate("Models", "Models…"), open_models),)
