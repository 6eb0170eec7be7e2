"""One training from the user's examples to an adapter with its account."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from agent.adapters.store import (
    GGUF,
    About,
    Adapter,
    Adapters,
    identity,
)
from agent.codes import AgentCode
from agent.dialogue.transformer import weights
from agent.prompting import prompt
from agent.training.chat import estimate
from agent.training.chat.evaluate import evaluate
from agent.training.chat.examples import Example, rows
from agent.training.chat.finetune import (
    Job,
    finetune,
    fingerprint,
    output,
)
from agent.training.chat.finetune import expected as finetune_seconds
from agent.training.chat.gguf_adapter import write_gguf
from agent.training.chat.prepare import Counts, count
from agent.training.core import curves, several
from agent.training.core.metrics_log import read
from agent.training.core.progress import TrainingProgress
from agent.training.core.tuning import Tuning
from agent.types import Message
from perception.messages import Notice, notice
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Request:
    """What to make: `name` of the adapter, `base` as the settings name it, and the job."""

    name: str
    base: str
    job: Job


def device(wanted: str) -> tuple[str, Notice | None]:
    """Where to train: cpu or cuda; and what the user is told where it is not as wanted."""
    import torch

    if wanted == "cpu" or torch.cuda.is_available():
        return ("cpu" if wanted == "cpu" else "cuda"), None
    if wanted != "cuda":
        return "cpu", None
    return "cpu", notice(AgentCode.TRAINS_ON_CPU)


def counts(job: Job) -> Counts:
    """What the job will read. UserError where memory or disk do not suffice for it."""
    read_rows, needed = measure(job)
    refuse(job, needed)
    return read_rows


def measure(job: Job) -> tuple[Counts, estimate.Needs]:
    """What the job will read, and the memory and disk that it needs, by counting alone."""
    from transformers import AutoTokenizer

    from agent.dialogue.local import control_tokens, encoder

    folder = Path(weights.source(job.base))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    ends = frozenset(control_tokens(tokenizer).values())
    made = rows([*job.train, *job.dev], encoder(tokenizer), ends)
    return count(made, job.tuning.most_tokens), estimate.needs(folder, job.tuning, made)


def refuse(job: Job, needed: estimate.Needs) -> None:
    """UserError where memory or disk do not suffice for the job."""
    estimate.refuse(needed, Path(weights.source(job.base)), job.device)


def expect(job: Job, work: Path) -> float:
    """Seconds that the job would take, from a few steps tried in `work`."""
    return finetune_seconds(job, work)


def train_adapter(
    request: Request,
    adapters: Adapters,
    work: Path,
    tell: Callable[[Notice], None],
    expected: Callable[[float], None],
) -> Generator[TrainingProgress, None, Adapter | None]:
    """Train, evaluate, and add the adapter, which is not switched on by that.

    Work goes on in `work` where a run of the same job was cut. Closing the generator cancels;
    then `finish` makes the adapter from the best so far. Of several processes only the first
    has a result. `expected` hears before the first step how many seconds it will take.
    """
    began = time.monotonic()
    read_rows = counts(request.job)
    work.mkdir(parents=True, exist_ok=True)
    keep(request.job.dev, work / "dev.jsonl")

    with closing(finetune(request.job, work, expected)) as steps:
        yield from steps
    if several.join().rank:
        return None
    tell(notice(AgentCode.COMPARING_WITH_BASE))
    made = finish(request, adapters, work, read_rows.tokens)
    tell(notice(AgentCode.TRAINING_DONE, told=_told(time.monotonic() - began)))
    return made


def finish(
    request: Request, adapters: Adapters, work: Path, tokens: int, cut: bool = False
) -> Adapter:
    """The adapter from what lies in `work`: account, GGUF, curves, measures.

    `cut` says that the run was stopped before its end; the same run may go on and replace what
    it gave. UserError where it never came to its first check.
    """
    job = request.job
    result = output(job, work)
    if not result.exists():
        raise UserError(AgentCode.NOTHING_TO_KEEP)
    (result / "curves.svg").write_text(curves.draw(request.name, read(work / "metrics.jsonl")))
    if job.tuning.kind == "lora":
        write_gguf(result, Path(weights.source(job.base)), result / GGUF)
    measured = evaluate(job.base, result, job.tuning, job.dev, job.device)
    lines = read(work / "metrics.jsonl")
    about = About(
        name=request.name,
        base=request.base,
        base_hash=identity(job.base),
        prompt_version=prompt.VERSION,
        kind=job.tuning.kind,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        data_hash=fingerprint(job.train),
        examples=len(job.train),
        tokens=tokens,
        seconds=round(float(lines[-1]["seconds"]), 1) if lines else 0.0,
        settings={"tuning": asdict(job.tuning), "plan": asdict(job.plan)},
        measured=measured,
        cut=cut,
    )
    return adapters.add(result, about)


def again(adapter: Adapter, base: Path, dev: tuple[Example, ...], device: str) -> About:
    """The account of an adapter with new measures."""
    tuning = msgspec.convert(adapter.about.settings["tuning"], Tuning)
    measured = evaluate(base, adapter.folder, replace(tuning, cached=False), dev, device)
    return msgspec.structs.replace(adapter.about, measured=measured)


def keep(examples: Sequence[Example], file: Path) -> None:
    """Write examples as JSON lines with messages."""
    lines = (
        json.dumps(
            {"messages": [{"role": m.role, "content": m.text} for m in example.messages]},
            ensure_ascii=False,
        )
        for example in examples
    )
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def kept(file: Path) -> tuple[Example, ...]:
    """What `keep` wrote; nothing where there is no file."""
    if not file.exists():
        return ()
    return tuple(
        Example(tuple(Message(m["role"], m["content"]) for m in json.loads(line)["messages"]))
        for line in file.read_text("utf-8").splitlines()
    )


def _told(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 90 else f"{minutes / 60:.1f} hours"
