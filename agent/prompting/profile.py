"""Profiles: what a field of use adds to the instructions, one TOML file each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import msgspec

from agent.codes import AgentCode
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Profile:
    """`title` by language code; `instructions` are added to the system message."""

    name: str
    title: dict[str, str]
    instructions: str


@dataclass(frozen=True, slots=True)
class _ProfileFile:
    title: dict[str, str]
    instructions: str


def names() -> tuple[str, ...]:
    """The profiles that there are, in alphabetical order."""
    folder = resources.files("agent.prompting").joinpath("profiles")
    return tuple(
        sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    )


def load(name: str) -> Profile:
    """One profile; UserError when there is none of that name."""
    known = names()
    if name not in known:
        raise UserError(AgentCode.PROFILE_UNKNOWN, name=name, known=", ".join(known))
    data = resources.files("agent.prompting").joinpath("profiles", f"{name}.toml").read_bytes()
    file = msgspec.toml.decode(data, type=_ProfileFile)
    return Profile(name, file.title, file.instructions)
