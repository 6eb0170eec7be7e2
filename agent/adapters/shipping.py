"""Places an adapter into the program itself.

There it is on for its base where its account says that it passed the gate, until the user says no.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from agent.adapters.files import check_base
from agent.adapters.store import (
    GGUF,
    OURS,
    SHIPPED,
    About,
    Adapter,
    Adapters,
    identity,
    seal,
)
from agent.codes import AgentCode
from agent.dialogue.transformer import weights
from agent.prompting import prompt
from agent.training.chat.finetune import write
from agent.training.chat.gguf_adapter import write_gguf
from agent.training.chat.model import ChatModel
from agent.training.core.metrics_log import read
from agent.training.core.tuning import Tuning
from perception.regular_file import read_regular
from perception.replaced import replaced
from perception.types import UserError

_FILES = ("adapter_config.json", "adapter_model.safetensors", GGUF)
_MOST = 10_000_000
"""Bytes of one file in the repository."""


def from_run(work: Path, base: str, name: str) -> tuple[Path, About]:
    """The adapter of a run of `candor train ours` in `work`, from its best weights so far.

    `base` is the base's name as the settings know it. UserError where nothing is kept yet.
    """
    if not (work / "best.safetensors").is_file():
        raise UserError(AgentCode.TRAINING_WITHOUT_CHECK, work=work)
    job, tuning, folder = _job(work / "job.json")
    made = write(ChatModel(folder, tuning), work)
    write_gguf(made, Path(weights.source(folder)), made / GGUF)
    lines = read(work / "metrics.jsonl")
    steps = {"step": lines[-1]["step"], "steps": lines[-1]["steps"]} if lines else {}
    about = About(
        name,
        base,
        identity(folder),
        job["prompt"],
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        data_hash=job["data"],
        tokens=job["tokens"],
        seconds=round(float(lines[-1]["seconds"]), 1) if lines else 0.0,
        settings={**{key: job.get(key) for key in ("tuning", "shares", "start")}, **steps},
        cut=bool(lines) and lines[-1]["step"] < lines[-1]["steps"],
    )
    seal(made, about)
    return made, about


def _job(file: Path) -> tuple[dict[str, Any], Tuning, Path]:
    """What was trained, how, and on what; UserError where the file does not say it."""
    try:
        job: dict[str, Any] = json.loads(read_regular(file, _MOST, within=file.parent))
        if missing := {"prompt", "data", "tokens"} - set(job):
            raise ValueError(f"it does not say {min(missing)}")
        return job, msgspec.convert(job["tuning"], Tuning), Path(job["base"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise UserError(AgentCode.RUN_FILE_UNREADABLE, file=file, reason=error) from error


def ship(source: Path, about: About, root: Path = SHIPPED) -> Adapter:
    """Copy an adapter in both forms into the program's own folder, in place of an earlier one.

    UserError where a file is missing or larger than the repository takes.
    """
    for name in _FILES:
        file = source / name
        if not file.is_file() or file.is_symlink():
            raise UserError(AgentCode.ADAPTER_FORM_MISSING, source=source, name=name)
        if file.stat().st_size >= _MOST:
            raise UserError(
                AgentCode.ADAPTER_TOO_LARGE_TO_SHIP,
                name=name,
                file=f"{file.stat().st_size / 1000000.0:.1f}",
            )
    check_base(about.base)
    with replaced(root / about.base) as draft:
        draft.mkdir()
        for name in _FILES:
            shutil.copyfile(source / name, draft / name)
        _forget_place(draft / "adapter_config.json", about.base)
        seal(draft, msgspec.structs.replace(about, name=OURS))
    return Adapters(root, prompt.VERSION, root).ours(about.base)[0]


def _forget_place(file: Path, base: str) -> None:
    """Name the base, not where it lay on the machine that trained."""
    settings: dict[str, Any] = json.loads(file.read_bytes())
    settings["base_model_name_or_path"] = base
    file.write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
