"""Opens ONNX models so that they share the cores politely."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from perception.types import UserError


def open_session(file: Path, threads: int, arena: bool = False) -> Any:
    """An `runtime.InferenceSession` on the CPU with at most `threads` threads.

    Threads sleep between runs (no spinning), so that a language model beside it keeps the cores.
    `arena` keeps freed memory for the next run: faster where shapes stay the same. UserError when
    the file is missing or damaged.
    """
    runtime: Any = import_module("onnxruntime")

    if not file.is_file():
        raise UserError(
            f"The model file {file} is missing.",
            "Run: candor models verify, then candor models get.",
        )
    options = runtime.SessionOptions()
    options.intra_op_num_threads = max(1, threads)
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = arena
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return runtime.InferenceSession(
            str(file), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime's own errors share no class but this one
        raise UserError(
            f"The model file {file} cannot be read.",
            "It may be damaged. Run: candor models verify, then candor models get.",
        ) from error
