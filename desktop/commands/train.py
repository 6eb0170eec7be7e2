"""`candor train`: teach the dialogue model from your own examples, compare, switch, go back."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.training.ours import options as ours_options
from desktop.training_view import follow, say, show_adapters, show_measures, show_prepared
from perception.types import UserError

if TYPE_CHECKING:
    from agent.adapters import Adapters
    from agent.training.examples import Example
    from agent.training.prepare import Prepared
    from agent.training.run import Request
    from agent.training.sources import Problem

_EPILOG = """\
examples:
  candor train prepare examples.csv              check the data, and see some of it
  candor train prepare --history                 the answers that you marked for training
  candor train run examples.csv --name garden    train, and compare with the base
  candor train run examples.csv --name garden    the same again: goes on where it was cut
  candor train switch garden                     use it, unless it is worse on safety or grounding
  candor train back                              use what was on before
  candor train export garden /tmp/garden         safetensors and GGUF, for other programs
  candor train voice recordings/ --name me       learn how you speak
  torchrun --nproc-per-node 2 -m desktop train run examples.csv --name garden

exit codes: 0 done, 1 failed (the reason is on standard error), 2 wrong usage, 130 cancelled
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "train",
        help="teach the models from your own examples, and go back",
        description="Fine-tune the dialogue model or the hearing on this machine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=_list, json=False)
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    for name, text, run in (
        ("prepare", "check examples and see what would be learned", _prepare),
        ("run", "train an adapter, or go on with it", _run),
    ):
        _data_options(_action(actions, name, text, run), training=name == "run")
    listing = _action(actions, "list", "the adapters, and which is on", _list)
    listing.add_argument("--json", action="store_true", help="print one JSON array")
    for name, text, run in (
        ("evaluate", "compare an adapter with its base again", _evaluate),
        ("switch", "use an adapter", _switch),
        ("delete", "delete an adapter", _delete),
        ("export", "copy an adapter to a folder", _export),
    ):
        action = _action(actions, name, text, run)
        action.add_argument("name", metavar="NAME", help="see `candor train list`")
        if name == "switch":
            action.add_argument("--anyway", action="store_true", help="also if it is worse")
        if name == "export":
            action.add_argument("folder", type=Path)
        action.add_argument("--device", default="cpu", help="cpu or cuda")
    back = _action(actions, "back", "use what was on before", _back)
    back.add_argument("--model", default="", help="the base; the one in use if left out")
    voice = _action(actions, "voice", "teach the hearing how you speak", _voice)
    voice.add_argument("folder", type=Path, help="recordings, each with a .txt of its name")
    voice.add_argument("--name", required=True, help="what to call it")
    voice.add_argument("--others", type=Path, help="recordings of others, to be heard no worse")
    voice.add_argument("--language", default="en", help="two letters")
    voice.add_argument("--kind", choices=("both", "lora", "encoder"), default="both")
    voice.add_argument("--epochs", type=int, default=6)
    voice.add_argument("--check-only", action="store_true", help="only check the recordings")
    ours = _action(actions, "ours", "make Candor's own adapter for a base", _ours)
    ours_options.add(ours)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, run: object
) -> argparse.ArgumentParser:
    parser = actions.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def _data_options(parser: argparse.ArgumentParser, training: bool) -> None:
    add = parser.add_argument
    add("data", nargs="?", type=Path, help="a file or folder: jsonl, json, csv, tsv, txt, md")
    add("--history", action="store_true", help="the answers that you marked for training")
    add("--check", type=Path, help="your own examples to check with")
    add("--model", default="", help="the base: an id of `candor models list`, a path, a hub name")
    add("--no-augment", action="store_true", help="add no variants of questions to small sets")
    add("--seed", type=int, default=0)
    add("--most-tokens", type=int, default=1024, help="tokens of a row that are read")
    if not training:
        return
    add("--name", required=True, help="what to call the adapter")
    add("--full", action="store_true", help="train all weights (small models)")
    add("--rank", type=int, default=8, help="of the LoRA matrices")
    add("--layers", type=int, default=0, help="train only so many of the upper layers (faster)")
    add("--no-cache", action="store_true", help="with --layers: keep no states on disk")
    add("--epochs", type=int, default=3)
    add("--rate", type=float, default=2e-4, help="the highest learning rate")
    add("--batch", type=int, default=1, help="rows computed together")
    add("--accumulate", type=int, default=4, help="batches a step")
    add("--check-every", type=int, default=0, help="steps between checks; 0: each epoch")
    add("--patience", type=int, default=2, help="checks without a better one until it ends")
    add("--minutes", type=float, default=0.0, help="stop after so long")
    add("--dtype", choices=("bfloat16", "float16", "float32"), default="bfloat16")
    add("--checkpointing", action="store_true", help="less memory, a third slower")
    add("--device", default="auto", help="auto, cpu or cuda")
    add("--from", dest="start", default="", metavar="ADAPTER", help="begin from this adapter")


def _prepared(args: argparse.Namespace) -> Prepared:
    from agent.marks import Marks
    from agent.settings import data_folder
    from agent.training import sources
    from agent.training.prepare import prepare

    if args.data is None and not args.history:
        raise UserError("There is nothing to learn from.", "Name a file or folder, or --history.")
    examples: list[Example] = []
    problems: list[Problem] = []
    if args.data is not None:
        examples, problems = sources.read(args.data)
    if args.history:
        more, told = sources.from_history(Marks(data_folder() / "history.db"))
        examples, problems = examples + more, problems + told
    dev = sources.read(args.check)[0] if args.check else ()
    return prepare(examples, problems, args.seed, not args.no_augment, dev)


def _prepare(args: argparse.Namespace) -> int:
    from agent.training.run import counts

    prepared = _prepared(args)
    if prepared.fatal:
        show_prepared(prepared, None)
        return 1
    show_prepared(prepared, counts(_request(args, prepared).job))
    return 0


def _run(args: argparse.Namespace) -> int:
    from agent.settings import data_folder
    from agent.training.run import counts, finish, run

    prepared = _prepared(args)
    if prepared.fatal:
        show_prepared(prepared, None)
        return 1
    request = _request(args, prepared)
    read = counts(request.job)
    show_prepared(prepared, read)
    adapters, work = _adapters(), data_folder() / "training" / args.name
    adapters.check_free(args.name)
    try:
        made = follow(run(request, adapters, work, say))
    except KeyboardInterrupt:
        say("Cancelled; keeping the best so far. The same command without a change goes on.")
        made = finish(request, adapters, work, read.tokens)
    if made is None:
        return 0
    show_measures(made.about.measured)
    print(f"To use it: candor train switch {args.name}")
    return 0


def _request(args: argparse.Namespace, prepared: Prepared) -> Request:
    from agent.training.finetune import Job
    from agent.training.loop import Plan
    from agent.training.run import Request, device
    from agent.training.tuning import Tuning

    base, path = _base(args.model)
    if not hasattr(args, "rank"):
        tuning = Tuning(most_tokens=args.most_tokens)
        return Request("", base, Job(path, prepared.train, prepared.dev, tuning, Plan()))
    tuning = Tuning(
        kind="full" if args.full else "lora",
        rank=args.rank,
        alpha=2.0 * args.rank,
        layers=args.layers,
        cached=not args.no_cache,
        batch=args.batch,
        most_tokens=args.most_tokens,
        checkpointing=args.checkpointing,
        seed=args.seed,
        dtype=args.dtype,
    )
    plan = Plan(
        epochs=args.epochs,
        rate=args.rate,
        accumulate=args.accumulate,
        patience=args.patience,
        check_every=args.check_every,
        watch="loss",
        most_seconds=args.minutes * 60,
    )
    start = _adapters().find(args.start).folder if args.start else None
    where, note = device(args.device)
    if note:
        say(note)
    job = Job(path, prepared.train, prepared.dev, tuning, plan, where, start)
    return Request(args.name, base, job)


def _base(model: str) -> tuple[str, Path]:
    """The base's name as the settings know it, and where it lies."""
    from agent.devices import choose, examine
    from agent.models.store import open_store
    from agent.settings import Settings

    store = open_store()
    name = model or choose(examine(), Settings(), store).model
    known = any(entry.id == name for entry in store.catalog.model)
    return name, store.path(name) if known else Path(name).expanduser()


def _adapters() -> Adapters:
    from agent import prompt
    from agent.adapters import Adapters
    from agent.settings import data_folder

    return Adapters(data_folder() / "adapters", prompt.VERSION)


def _list(args: argparse.Namespace) -> int:
    import msgspec

    adapters = _adapters()
    found = adapters.all()
    on = {adapter.about.base: adapters.name_on(adapter.about.base) for adapter in found}
    if args.json:
        rows: list[dict[str, Any]] = [
            {**msgspec.to_builtins(a.about), "problem": a.problem, "on": on[a.about.base]}
            for a in found
        ]
        print(json.dumps(rows, indent=2))
    elif found:
        show_adapters(found, on)
    else:
        print("There is no adapter yet. Make one: candor train run FILE --name NAME")
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    from agent.settings import data_folder
    from agent.training.run import again, kept

    adapter = _adapters().find(args.name)
    if adapter.problem:
        raise UserError(f"{args.name} cannot be used: {adapter.problem}.", "Train it again.")
    dev = kept(data_folder() / "training" / args.name / "dev.jsonl")
    about = again(adapter, _base(adapter.about.base)[1], dev, args.device)
    show_measures(about.measured)
    return 1 if about.worse() else 0


def _switch(args: argparse.Namespace) -> int:
    from agent.adapters import identity

    adapters = _adapters()
    about = adapters.find(args.name).about
    adapters.switch(args.name, identity(_base(about.base)[1]), args.anyway)
    print(f"{args.name} is on for {about.base}. To go back: candor train back")
    return 0


def _back(args: argparse.Namespace) -> int:
    base = _base(args.model)[0]
    name = _adapters().back(base)
    print(f"{name} is on again for {base}." if name else f"{base} answers without an adapter.")
    return 0


def _delete(args: argparse.Namespace) -> int:
    _adapters().delete(args.name)
    print(f"{args.name} is deleted.")
    return 0


def _export(args: argparse.Namespace) -> int:
    adapter = _adapters().find(args.name)
    if adapter.problem:
        raise UserError(f"{args.name} cannot be used: {adapter.problem}.", "Train it again.")
    if args.folder.exists():
        raise UserError(f"{args.folder} is there already.", "Name a new folder.")
    try:
        shutil.copytree(adapter.folder, args.folder)
    except OSError as error:
        raise UserError(f"{args.folder} cannot be written: {error}.", "Choose another.") from error
    print(f"{args.folder}: {', '.join(sorted(f.name for f in args.folder.iterdir()))}")
    return 0


def _voice(args: argparse.Namespace) -> int:
    from dataclasses import replace

    from agent.models.store import open_store
    from agent.settings import data_folder
    from agent.training import voice, voice_data

    recordings, problems = voice_data.read(args.folder)
    for problem in problems:
        print(f"{'!!' if problem.fatal else ' -'} {problem.what} {problem.advice}")
    train, dev = voice_data.split(recordings)
    seconds = sum(len(r.samples) for r in recordings) / voice_data.RATE
    print(f"{len(train)} recordings to learn from, {len(dev)} to check with; {seconds:.0f} s.")
    if args.check_only or any(problem.fatal for problem in problems):
        return int(any(problem.fatal for problem in problems))
    others = voice_data.read(args.others)[0] if args.others else ()
    adapters = _adapters()
    adapters.check_free(args.name)
    job = voice.VoiceJob(
        args.name,
        open_store().path(voice.BASE),
        train,
        dev,
        others,
        args.language,
        ("lora", "encoder") if args.kind == "both" else (args.kind,),
        replace(voice.PLAN, epochs=args.epochs),
    )
    made = follow(voice.learn(job, adapters, data_folder() / "training" / args.name))
    show_measures(made.about.measured)
    print(f"To use it: candor train switch {args.name}")
    return 0


def _ours(args: argparse.Namespace) -> int:
    from agent.training.ours.__main__ import run

    return run(args)
