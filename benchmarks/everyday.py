"""How often does Candor do what people ask of it, in whole conversations?

The whole agent answers, greedily, as a user gets it who types: prompt, history, guard and decoding,
with a history of its own for each conversation. `agent.training.everyday` has the format, the judge
and what is counted. With `--out` each finished conversation is written to a file; the same command
goes on after the last of them. Control-C shows what there is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict
from rich.console import Console
from rich.table import Table

from agent.adapters.store import BASE, Adapters
from agent.assembly import assemble
from agent.engines.loaded import Engines
from agent.prompting.prompt import VERSION
from agent.settings import Settings, data_folder
from agent.training.everyday.counts import (
    Judged,
    groups,
    interval,
    judged,
)
from agent.training.everyday.talks import (
    Talk,
    TurnAnswer,
    hold,
    read,
)
from perception.types import UserError

_CANCELLED = 130
_COUNTED = {
    "evaded": "evaded",
    "uncalled_citations": "uncalled_citation",
    "loops": "loop",
    "advised": "advised",
}


class Who(msgspec.Struct, frozen=True):
    """What answers; a checkpoint of something else is not gone on with."""

    model: str
    adapter: str
    prompt: int = VERSION


class _Held(msgspec.Struct, frozen=True):
    """A conversation in the checkpoint. `asked` is a digest of all that was said and shown."""

    asked: str
    answers: tuple[TurnAnswer, ...]


def run_bench(
    files: Sequence[Path],
    as_json: bool,
    limit: int = 0,
    *,
    model: str = "",
    adapter: str = "",
    out: str = "",
) -> int:
    """Print the table, or one JSON object. `limit` conversations; `adapter` is `on` if empty."""
    talks = [talk for file in files for talk in read(file)][: limit or None]
    if not talks:
        raise UserError.plain(
            "There is no conversation to hold.", "Name a file; see docs/bench.md."
        )
    if adapter.endswith(".gguf") and not Path(adapter).is_file():
        raise UserError.plain(f"{adapter} is not there.", "Name an adapter, or its GGUF file.")
    settings = Settings(dialogue_model=model, speak_answers=False)
    chosen = {"": None, "on": None, "none": BASE}.get(adapter, adapter)
    engines = assemble(settings, adapter=chosen)
    rows, code = list[Judged](), 0
    try:
        dialogue = engines.dialogue()
        who = Who(dialogue.name, _name(adapter, engines.choice().model))
        try:
            for talk, answers in held(engines, talks, settings, who, Path(out) if out else None):
                rows += map(judged, [talk.group] * len(answers), talk.turns, answers)
        except KeyboardInterrupt:
            code = _CANCELLED
    finally:
        engines.close()
    result = asdict(who) | {"reason": dialogue.reason} | summary(rows)
    if as_json:
        told = result | {"rows": msgspec.to_builtins(rows)}
        print(json.dumps(told, ensure_ascii=False))
    else:
        _print(result)
    return code


def _name(adapter: str, base: str) -> str:
    if adapter in ("", "on"):
        return Adapters(data_folder() / "adapters", VERSION).name_on(base) or BASE
    return BASE if adapter == "none" else adapter


def held(
    engines: Engines, talks: Sequence[Talk], settings: Settings, who: Who, out: Path | None
) -> Iterator[tuple[Talk, tuple[TurnAnswer, ...]]]:
    """Each conversation with its answers, from the checkpoint where it is there already."""
    done = _kept(out, who) if out else {}
    told = Console(stderr=True)
    for number, talk in enumerate(talks, start=1):
        asked = _digest(talk)
        answers = done.get(asked)
        if answers is None:
            answers = tuple(hold(engines, talk, settings))
            if out:
                _keep(out, _Held(asked, answers))
        passed = sum(judged("", *pair).passed for pair in zip(talk.turns, answers, strict=True))
        line = f"{number}/{len(talks)} {talk.id}: {passed} of {len(talk.turns)}"
        told.print(line, highlight=False, markup=False)
        yield talk, answers


def _kept(out: Path, who: Who) -> dict[str, tuple[TurnAnswer, ...]]:
    """What the checkpoint holds; a new one is begun. A last line that was cut is left out."""
    if not out.exists():
        _keep(out, who)
        return {}
    lines = out.read_bytes().split(b"\n")
    try:
        before = msgspec.json.decode(lines[0], type=Who)
        held = [msgspec.json.decode(line, type=_Held) for line in lines[1:-1] if line]
    except msgspec.MsgspecError as error:
        raise UserError.plain(
            f"{out} is no checkpoint of this bench.", "Name a new file."
        ) from error
    if before != who:
        raise UserError.plain(
            f"{out} holds answers of {before.model} ({before.adapter}), not of this one.",
            "Name a new file.",
        )
    out.write_bytes(b"\n".join([*lines[:-1], b""]))
    return {each.asked: each.answers for each in held}


def _digest(talk: Talk) -> str:
    said = [talk.id, *((turn.user, turn.data) for turn in talk.turns)]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def _keep(out: Path, what: Who | _Held) -> None:
    try:
        with out.open("ab") as file:
            file.write(msgspec.json.encode(what) + b"\n")
    except OSError as error:
        raise UserError.plain(f"{out} cannot be written: {error}.", "Name another file.") from error


def summary(rows: Sequence[Judged]) -> dict[str, Any]:
    """Passed turns with their intervals, for each group and over all; and what went wrong."""
    return {
        "groups": {name: _passed(mine) for name, mine in groups(rows).items()},
        **_passed(rows),
        **{name: sum(getattr(row, of) for row in rows) for name, of in _COUNTED.items()},
        "seconds": round(sum(row.seconds for row in rows), 3),
    }


def _passed(rows: Sequence[Judged]) -> dict[str, Any]:
    passed = sum(row.passed for row in rows)
    ci = [round(end, 4) for end in interval(passed, len(rows))]
    return {"turns": len(rows), "passed": passed, "ci": ci}


def _print(result: dict[str, Any]) -> None:
    table = Table("group", "turns", "passed", "share", "95%")
    for name, found in [*result["groups"].items(), ("all", result)]:
        low, high = found["ci"]
        share = found["passed"] / found["turns"] if found["turns"] else 0.0
        counts = (str(found["turns"]), str(found["passed"]))
        table.add_row(name, *counts, f"{share:.0%}", f"{low:.0%} to {high:.0%}")
    console = Console()
    console.print(table)
    for name in ("model", "adapter", "reason", *_COUNTED, "seconds"):
        console.print(f"{name}: {result[name]}", highlight=False, markup=False)
