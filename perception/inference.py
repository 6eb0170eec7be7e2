"""Opens ONNX models so that they share the cores politely."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from perception.codes import PerceptionCode
from perception.types import UserError


def open_session(model: Path | bytes, threads: int, arena: bool = False) -> Any:
    """An `onnxruntime.InferenceSession` of a file or of one in memory, with `threads` threads.

    Threads sleep between runs (no spinning), so that a language model beside it keeps the cores.
    `arena` keeps freed memory for the next run: faster where shapes stay the same. UserError when
    a file is missing or damaged.
    """
    runtime: Any = import_module("onnxruntime")

    if isinstance(model, Path) and not model.is_file():
        raise UserError(PerceptionCode.MODEL_FILE_MISSING, file=model)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = max(1, threads)
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = arena
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return runtime.InferenceSession(
            str(model) if isinstance(model, Path) else model,
            sess_options=options,
            providers=["CPUExecutionProvider"],
        )
    except Exception as error:  # onnxruntime's own errors share no class but this one
        if isinstance(model, bytes):
            raise
        raise UserError(PerceptionCode.MODEL_FILE_UNREADABLE, file=model) from error


def only_asked() -> Any:
    """Run options with which a model computes no more than the outputs that are asked for."""
    options: Any = import_module("onnxruntime").RunOptions()
    options.only_execute_path_to_fetches = True
    return options
