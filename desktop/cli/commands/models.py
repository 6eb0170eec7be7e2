"""`candor models`: see, fetch, check, delete and carry models."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.cli.terminal_text import console, json_text

if TYPE_CHECKING:
    from agent.models.catalog import Model
    from agent.models.store import ModelStore
    from agent.models.transfer import TransferProgress

T = TypeVar("T")

_EPILOG = """\
examples:
  candor models list                            what there is, and what is here
  candor models get                             fetch the default set
  candor models get smollm2-135m-instruct       fetch one more
  candor models get --from /media/stick         take them from a folder
  candor models bundle /media/stick             fill a folder for a computer without a network
  candor models fit                             which models suit this computer, the best marked
  candor models use qwen3.5-4b                  let that one answer; "auto" leaves the choice
  candor models measure                         how fast the models that are here answer
  candor models verify                          read every file and compare its hash
  candor models remove smollm2-135m-instruct

exit codes: 0 done, 1 failed or damaged, 2 wrong usage, 130 cancelled
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "models",
        help="see, fetch, check, delete and carry models",
        description="The models that Candor runs on. All are pinned by their SHA-256.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=_list, json=False)
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    listing = _action(actions, "list", "what there is, and what is here", _list, "")
    listing.add_argument("--json", action="store_true", help="print one JSON array")
    get = _action(actions, "get", "fetch what is missing or damaged", _get, "*")
    get.add_argument("--from", dest="bundle", type=Path, metavar="FOLDER", help="a bundle's folder")
    _action(actions, "verify", "read every file and compare its hash", _verify, "*")
    fit = _action(actions, "fit", "which dialogue models suit this computer", _fit, "")
    fit.add_argument("--json", action="store_true", help="print one JSON array")
    use = _action(actions, "use", "choose the model that answers", _use, "")
    use.add_argument("model", metavar="MODEL", help="see `candor models fit`, or auto")
    _action(actions, "measure", "measure how fast models answer here", _measure, "*")
    _action(actions, "remove", "delete models", _remove, "+")
    _action(actions, "delete", "the same as remove", _remove, "+")
    bundle = _action(actions, "bundle", "copy models to a folder or USB stick", _bundle, "")
    bundle.add_argument("folder", type=Path)
    bundle.add_argument("models", nargs="*", metavar="MODEL")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: object,
    ids: str,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if ids:
        text = "see `candor models list`" + ("; none: the default set" if ids == "*" else "")
        parser.add_argument("models", nargs=ids, metavar="MODEL", help=text)
    parser.set_defaults(run=run)
    return parser


def _store() -> ModelStore:
    from agent.models.store import open_store

    return open_store()


def _list(args: argparse.Namespace) -> int:
    store = _store()
    rows = [_row(store, model) for model in store.catalog.model]
    if args.json:
        print(json_text(rows, indent=2))
        return 0
    from rich.table import Table

    table = Table(box=None, padding=(0, 1, 0, 0))
    for name in ("model", "task", "licence", "set", "here"):
        table.add_column(name, no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    for model, row in zip(store.catalog.model, rows, strict=True):
        which = "default" if model.default else "offer" if model.offer else "extra"
        size = f"{'about ' if model.about else ''}{model.size / 1e6:.0f} MB"
        table.add_row(model.id, model.task, model.licence, which, str(row["state"]), size)
    console().print(table)
    print(f"folder: {store.folder}")
    return 0


def _fit(args: argparse.Namespace) -> int:
    from desktop.cli.model_table import print_states

    print_states(_store(), as_json=args.json)
    return 0


def _use(args: argparse.Namespace) -> int:
    from agent.settings import config_folder, load, save

    store = _store()
    chosen = "" if args.model == "auto" else args.model
    if chosen:
        store.path(chosen)
    file = config_folder() / "settings.toml"
    save(replace(load(file), dialogue_model=chosen), file)
    print(f"{chosen or 'The model that Candor chooses'} answers from the next start on.")
    return 0


def _measure(args: argparse.Namespace) -> int:
    from agent.engines.speed import measure, own_speeds

    store = _store()
    ids = args.models or [m.id for m in store.present() if m.task == "dialogue"]
    for model in ids:
        speed = measure(store.path(model))
        own_speeds().keep(model, speed)
        print(f"{model}: {speed.answer:.1f} tokens a second, prompts {speed.prompt:.0f}")
    return 0


def _row(store: ModelStore, model: Model) -> dict[str, object]:
    problems = store.problems(model)
    nothing = len(problems) == len(model.file) and all(p.what == "missing" for p in problems)
    state = "yes" if not problems else "no" if nothing else "in part"
    return {
        "id": model.id,
        "title": model.title,
        "task": model.task,
        "licence": model.licence,
        "publisher": model.publisher,
        "bytes": model.size,
        "memory": model.memory,
        "default": model.default,
        "state": state,
    }


def _get(args: argparse.Namespace) -> int:
    from agent.models.store import default_sources

    store = _store()
    sources = partial(default_sources, bundle=args.bundle)
    _show(store.get(args.models, sources))
    _say(f"All models are here: {store.folder}")
    return 0


def _verify(args: argparse.Namespace) -> int:
    store = _store()
    problems = _show(store.verify(args.models))
    for problem in problems:
        print(problem)
    if not problems:
        read = args.models or [model.id for model in store.present()]
        print(f"All as they should be: {', '.join(read)}." if read else "There is no model here.")
    return 1 if problems else 0


def _remove(args: argparse.Namespace) -> int:
    freed = _store().remove(args.models)
    print(f"{freed / 1e6:,.0f} MB are free again." if freed else "There was nothing to delete.")
    return 0


def _bundle(args: argparse.Namespace) -> int:
    _show(_store().bundle(args.folder, args.models))
    print(f"Carry {args.folder} over and run there: candor models get --from FOLDER")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _show(steps: Generator[TransferProgress, None, T]) -> T:
    """Run it to its end with a bar on standard error; Control-C cancels and keeps what is there."""
    from desktop.cli.progress import TransferBar

    with TransferBar() as bar:
        try:
            while True:
                bar.show(next(steps))
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        finally:
            steps.close()
