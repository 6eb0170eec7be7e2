"""A profile, and where profiles are found: those that came with Candor, and the user's own."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec

from agent.codes import AgentCode
from agent.settings import data_folder
from perception.regular_file import read_regular
from perception.types import UserError

Words = dict[str, str]
"""One text in each language, by its code."""

_MOST_BYTES = 200_000
_Seconds = Annotated[int, msgspec.Meta(ge=5, le=3600)]
_Text = Annotated[str, msgspec.Meta(max_length=1000)]


class IdleTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds without a sign of life: until it is asked whether somebody is there, then the end."""

    ask_after: _Seconds = 45
    end_after: _Seconds = 75


class QuickQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question to begin with, on a button. `icon` is a name of desktop/icons."""

    text: Words
    icon: Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]{1,40}$")] = "circle-help"


class PlaceFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something true of the place. `about` are words of a question that concerns it.

    An English word stands for its endings too (-s, -ed, -ing); a Chinese one counts wherever it
    stands.
    """

    about: dict[str, tuple[str, ...]]
    text: Words


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a profile says. `name` is that of its file."""

    title: Words
    instructions: _Text = ""
    """The persona: what is added to the system message, in English."""
    languages: tuple[str, ...] = ()
    """Those that are spoken with visitors, the first where nothing is known; empty for all."""
    policy: str = ""
    """The profile of the safety policy that is in force; empty for the one of this name."""
    shared: bool = False
    """Whether many people use it: nobody's own wishes count there."""
    facts_only: bool = False
    """Whether what concerns the place is answered from the facts alone, or not at all."""
    topics: dict[str, tuple[str, ...]] = {}
    """Words of questions that concern the place, as in `PlaceFact.about`."""
    desk: Words = {}
    """Who knows what is not among the facts: "the desk in the hall"."""
    never_ask: tuple[str, ...] = ()
    """What is never asked of a visitor, in English."""
    idle: IdleTimes = IdleTimes()
    person_command: Annotated[str, msgspec.Meta(max_length=500)] = ""
    """What calls a person to the kiosk: a command, or an address on this computer."""
    questions: tuple[QuickQuestion, ...] = ()
    facts: tuple[PlaceFact, ...] = ()
    name: str = ""

    @property
    def governed_by(self) -> str:
        """The profile of the safety policy that is in force."""
        return self.policy or self.name


def in_language(words: Words, language: str) -> str:
    """The text in a language, else in English, else the first there is."""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def own_folder() -> Path:
    """Where the user's own profiles lie."""
    return data_folder() / "profiles"


def places() -> dict[str, Path]:
    """The file of each profile, by name; one of the user's stands for a shipped one."""
    shipped = Path(str(resources.files("agent.profiles")))
    files = [*shipped.glob("*.toml"), *own_folder().glob("*.toml")]
    return {file.stem: file for file in sorted(files, key=lambda f: (f.parent != shipped, f.name))}


def names() -> tuple[str, ...]:
    """The profiles that there are, in alphabetical order."""
    return tuple(sorted(places()))


def load(name: str) -> Profile:
    """One profile; UserError when there is none of that name, or its file is broken."""
    known = places()
    if name not in known:
        raise UserError(AgentCode.PROFILE_UNKNOWN, name=name, known=", ".join(sorted(known)))
    return read(known[name])


def title(name: str, language: str) -> str:
    """A profile's title; its name where the file is broken, which is told when it is used."""
    try:
        return in_language(load(name).title, language)
    except UserError:
        return name


def read(file: Path) -> Profile:
    """The profile of a file; UserError with line and field where one is wrong."""
    from agent.profiles.checking import checked  # which needs the types above

    try:
        data = read_regular(file, _MOST_BYTES)
    except OSError as error:
        reason = error.strerror or error
        raise UserError(AgentCode.PROFILE_UNREADABLE, file=file, reason=reason) from error
    return msgspec.structs.replace(checked(file, data), name=file.stem)


def is_shared(name: str) -> bool:
    """Whether many people use this profile; one that cannot be read is taken for such."""
    if name == "kiosk":
        return True
    try:
        return load(name).shared
    except UserError:
        return True
