"""Adapters of the dialogue model: where they lie, where they came from, which one is on.

A folder `<name>/` each, with the LoRA matrices as peft keeps them, the same as GGUF for llama.cpp,
and `about.json`. `on.json` has, for each base, the names that were switched on, the last one now.
Nothing is believed: a file that changed, another base or another prompt format is refused.

Our own adapters ship with the program, a folder for each base, named as the catalogue names it.
Such a one is called `ours`, `base` is none. Until the user chooses, the base answers, or ours where
its account says that it passed the gate, ordinary talk included.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from agent.adapters.files import (
    ABOUT,
    BASE,
    OURS,
    check_base,
    check_name,
    is_inside,
    read_account,
)
from agent.adapters.report import About, Measured
from agent.adapters.switched_on import SwitchedOn
from agent.codes import AgentCode
from perception.messages import Notice, notice
from perception.regular_file import open_regular, write_whole
from perception.replaced import replaced
from perception.types import UserError

__all__ = [
    "ABOUT",
    "BASE",
    "OURS",
    "About",
    "Adapter",
    "Adapters",
    "Measured",
    "file_hash",
    "identity",
]

GGUF = "adapter.gguf"
SHIPPED = Path(__file__).parents[1] / "models" / "adapters"


@dataclass(frozen=True, slots=True)
class Adapter:
    """An adapter on disk. `problem` says why it cannot be used, if so."""

    folder: Path
    about: About
    problem: Notice | None = None
    shipped: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return OURS if self.shipped else self.folder.name


def identity(base: Path) -> str:
    """What a base model is known by: a digest of its weight files' sizes, heads and tails.

    `base` is a file or a folder. Reading gigabytes at each start would cost seconds.
    """
    files = [base] if base.is_file() else sorted(base.glob("*.gguf"))
    files = files or sorted(
        [*base.glob("*.safetensors"), *base.glob("model.bin"), *base.glob("config.json")]
    )
    digest = hashlib.sha256()
    for file in files:
        size = file.stat().st_size
        with open_regular(file) as stream:
            head = stream.read(1 << 20)
            stream.seek(max(0, size - (1 << 20)))
            digest.update(f"{size} ".encode() + head + stream.read())
    return digest.hexdigest()


def file_hash(file: Path) -> str:
    """The SHA-256 of a file."""
    with open_regular(file) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def seal(folder: Path, about: About) -> None:
    """Write the account into an adapter's folder, with the hashes of all its files."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.name != ABOUT)
    hashes = {f.relative_to(folder).as_posix(): file_hash(f) for f in files}
    _write_about(folder, msgspec.structs.replace(about, files=hashes))


def _write_about(folder: Path, about: About) -> None:
    write_whole(folder / ABOUT, msgspec.json.format(msgspec.json.encode(about), indent=2))


class Adapters:
    """The user's adapters in one folder, and ours. `prompt_version` is that of this program."""

    def __init__(self, root: Path, prompt_version: int, shipped: Path | None = None) -> None:
        self._root, self._version, self._shipped = root, prompt_version, shipped or SHIPPED
        self._on = SwitchedOn(root)

    def all(self) -> list[Adapter]:
        """Every adapter, by name; a broken one with its problem."""
        folders = sorted(self._root.iterdir()) if self._root.is_dir() else []
        return [self._read(f) for f in folders if f.is_dir() and not f.name.endswith(".part")]

    def ours(self, base: str = "") -> list[Adapter]:
        """The adapters that ship with the program: all, or the one for this base."""
        try:
            check_base(base or BASE)
        except UserError:  # A base at a path has none of ours.
            return []
        folders = sorted(self._shipped.glob(f"{base or '*'}/{ABOUT}"))
        return [replace(self._read(file.parent), shipped=True) for file in folders]

    def find(self, name: str) -> Adapter:
        """The user's adapter of this name; UserError where there is none."""
        found = {adapter.folder.name: adapter for adapter in self.all()}
        if name not in found:
            known = ", ".join(found) or "none yet"
            raise UserError(AgentCode.ADAPTER_UNKNOWN, name=name, known=known)
        return found[name]

    def named(self, name: str, base: str = "") -> Adapter:
        """The user's adapter of this name, or `ours` for this base; UserError without one."""
        if name != OURS:
            return self.find(name)
        if not (ours := self.ours(base)):
            raise UserError(AgentCode.OWN_ADAPTER_MISSING, base=base)
        return ours[0]

    def add(self, source: Path, about: About) -> Adapter:
        """Take over the files of `source` under `about.name`, whole or not at all.

        It replaces one that was made from the same training before its end. UserError where the
        name is taken or is no file name.
        """
        self.check_free(about.name, about.data_hash)
        target = self._root / about.name
        with replaced(target) as draft:
            shutil.copytree(source, draft)
            seal(draft, about)
        return self._read(target)

    def note(self, adapter: Adapter, measured: tuple[Measured, ...]) -> None:
        """Write new measures into an adapter's account."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        about = msgspec.structs.replace(adapter.about, measured=measured, compared=now)
        _write_about(adapter.folder, about)

    def check_free(self, name: str, data_hash: str = "") -> None:
        """UserError where the name is no file name, or is taken.

        One that was made from these data by a training that was stopped may be replaced.
        """
        check_name(name)
        there = self._root.iterdir() if self._root.is_dir() else ()
        if name.casefold() in {each.name.casefold() for each in there}:
            about = self._read(self._root / name).about
            if about.cut and data_hash and about.data_hash == data_hash:
                return
            raise UserError(AgentCode.ADAPTER_NAME_TAKEN, name=name)

    def delete(self, name: str) -> None:
        """Delete an adapter; where it is on, the one before it comes back."""
        folder = self.find(name).folder
        on = self._on.read()
        self._on.write({base: [n for n in names if n != name] for base, names in on.items()})
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)

    def switch(self, name: str, base_hash: str, anyway: bool = False) -> Adapter:
        """Switch one of the user's adapters on for its base.

        UserError where it cannot be used, or where it is worse on safety or grounding than its
        base and the user has not said `anyway`.
        """
        adapter = self.find(name)
        if problem := adapter.problem or self.foreign(adapter.about, base_hash):
            raise UserError(AgentCode.ADAPTER_UNUSABLE, name=name, problem=problem)
        worse = adapter.about.worse()
        if worse and not anyway:
            told = "; ".join(
                f"{w.name} {w.before:.3f} before, {w.after:.3f} after"
                + (f" (no longer answered well: {w.lost[0]})" if w.lost else "")
                for w in worse
            )
            raise UserError(AgentCode.ADAPTER_WORSE, name=name, told=told)
        self._put(adapter.about.base, [*self._names(adapter.about.base), name])
        return adapter

    def switch_to(self, name: str, base: str) -> None:
        """Use our own adapter (`ours`) for this base, or none (`base`)."""
        if name == OURS:
            self.named(name, base)
        self._put(base, [*self._names(base), "" if name == BASE else name])

    def back(self, base: str) -> str:
        """Go back to what was on before; its name, empty for the base alone."""
        names = self._names(base)
        if not names:
            raise UserError(AgentCode.NO_ADAPTER_ON, base=base)
        self._put(base, names[:-1])
        return self.name_on(base)

    def name_on(self, base: str) -> str:
        """The name of the adapter that is on for this base; empty for none."""
        names = self._names(base)
        return names[-1] if names else ""

    def on(
        self, base: str, base_hash: str, wanted: str | None = None
    ) -> tuple[Adapter | None, Notice | None]:
        """The adapter that is on for this base, or the one `wanted`; what the user is told.

        One that cannot be used is refused with its reason; the base goes on.
        """
        name = self.name_on(base) if wanted is None else wanted
        if name in ("", BASE):
            return None, None
        adapter = self._found(name, base)
        ours = name == OURS
        called = (
            notice(AgentCode.OWN_ADAPTER) if ours else notice(AgentCode.ADAPTER_CALLED, name=name)
        )
        if adapter is None:
            return None, notice(AgentCode.ADAPTER_GONE, called=called)
        if problem := adapter.problem or self.foreign(adapter.about, base_hash):
            return None, notice(AgentCode.ADAPTER_NOT_USED, called=called, problem=problem)
        return adapter, notice(AgentCode.ADAPTER_ON, called=called)

    def _found(self, name: str, base: str) -> Adapter | None:
        if name == OURS:
            return next(iter(self.ours(base)), None)
        return next((each for each in self.all() if each.name == name), None)

    def foreign(self, about: About, base_hash: str) -> Notice | None:
        """Why an adapter is not for this base and program; None where it is."""
        if about.base_hash != base_hash:
            return notice(AgentCode.PROBLEM_OTHER_MODEL, base=about.base)
        if about.kind != "voice" and about.prompt_version != self._version:
            return notice(
                AgentCode.PROBLEM_PROMPT_FORMAT,
                prompt_version=about.prompt_version,
                version=self._version,
            )
        return None

    def _read(self, folder: Path) -> Adapter:
        nothing = About(folder.name, "", "", 0)
        if folder.is_symlink():
            return Adapter(folder, nothing, notice(AgentCode.PROBLEM_IS_LINK))
        try:
            about = read_account(folder)
        except UserError as error:
            return Adapter(
                folder,
                nothing,
                notice(AgentCode.PROBLEM_ACCOUNT_UNREADABLE, about=ABOUT, notice=error.notice),
            )
        problems = (_problem(folder, name, digest) for name, digest in about.files.items())
        first = next(filter(None, problems), None)
        return Adapter(folder, about, first if about.files else notice(AgentCode.PROBLEM_NO_FILES))

    def _names(self, base: str) -> list[str]:
        """What was switched on for this base, in order; ours, where nothing was and it passed."""
        names = self._on.read().get(base)
        if names is None:
            return [OURS for ours in self.ours(base) if ours.about.passed()]
        return names

    def _put(self, base: str, names: list[str]) -> None:
        self._on.write({**self._on.read(), base: names})


def _problem(folder: Path, name: str, digest: str) -> Notice | None:
    """Why a file of an adapter cannot be used, or None."""
    if not is_inside(name):
        return notice(AgentCode.PROBLEM_LEAVES_ITS_FOLDER, name=f"{name[:200]!r}")
    file = folder / name
    try:
        changed = file.is_symlink() or file_hash(file) != digest
    except FileNotFoundError:
        return notice(AgentCode.PROBLEM_FILE_MISSING, name=name)
    except (OSError, UserError) as error:
        return notice(AgentCode.PROBLEM_FILE_UNREADABLE, name=name, reason=error)
    return notice(AgentCode.PROBLEM_FILE_CHANGED, name=name) if changed else None
