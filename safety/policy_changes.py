"""Changes of the user's own policy file, as the window makes them; comments and order stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import tomlkit

from perception.regular_file import read_regular, write_whole
from perception.types import UserError
from safety.categories import Category
from safety.codes import SafetyCode
from safety.policy import Policy, Stance
from safety.policy_in_force import PolicyInForce

FIELDS = ("in", "data", "out", "server", "threshold", "only_from")
_MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a category that is not as it came with Candor; None stands for nothing said."""

    category: Category
    field: str
    before: str | float | None
    now: str | float | None


def value_of(stance: Stance, field: str) -> str | float | None:
    """What a stance says of a field, by its name in the file."""
    value: str | float | None = getattr(stance, "into" if field == "in" else field)
    return value


def one_field(field: str, value: str) -> Stance:
    """A stance that says this and nothing else."""
    return msgspec.convert({field: value}, Stance)


def differences(found: PolicyInForce, profile: str) -> Iterator[Difference]:
    """What is different in this profile from the policy that came with Candor."""
    for category in Category:
        shipped, now = (
            found.shipped.stance(category, profile),
            found.policy.stance(category, profile),
        )
        for field in FIELDS:
            pair = value_of(shipped, field), value_of(now, field)
            if _meant(field, pair[0]) != _meant(field, pair[1]):
                yield Difference(category, field, *pair)


def change(file: Path, found: PolicyInForce, profile: str, what: Difference) -> None:
    """Write what is to hold now; where the profile has its own word on it, that is changed."""
    document = _document(file)
    tables = [document.setdefault("categories", tomlkit.table())]
    stances = found.policy.profiles.get(profile, {})
    if value_of(stances.get(what.category, Stance()), what.field) is not None:
        tables.append(
            document.setdefault("profiles", tomlkit.table()).setdefault(profile, tomlkit.table())
        )
    for table in tables:
        stance = table.setdefault(str(what.category), tomlkit.table())
        stance[what.field] = what.now
    _write(file, document)


def reset(file: Path) -> None:
    """All categories as they came with Candor; entries, texts and a lock of the file stay."""
    document = _document(file)
    for name in ("categories", "profiles"):
        document.pop(name, None)
    _write(file, document)


def set_lock(file: Path, kept: str) -> None:
    """Lock the file in the window with the hash of a PIN; an empty one unlocks it."""
    document = _document(file)
    for name in ("locked", "pin"):
        document.pop(name, None)
    rest = document.as_string()
    head = f'locked = true\npin = "{kept}"\n' if kept else ""
    _write(file, tomlkit.parse(head + rest))


def _meant(field: str, value: str | float | None) -> str | float:
    otherwise = {"threshold": "normal", "only_from": "anything"}
    return otherwise.get(field, "allow") if value is None else value


def _document(file: Path) -> Any:
    try:
        text = read_regular(file, _MOST_BYTES, within=file.parent).decode("utf-8")
        document = tomlkit.parse(text)
        msgspec.convert(document.unwrap(), Policy, strict=False)
    except FileNotFoundError:
        return tomlkit.parse("version = 2\n")
    except (ValueError, OSError) as error:
        # tomlkit's errors and msgspec's are ValueErrors too; a broken file is not written over.
        raise UserError(SafetyCode.SAFETY_POLICY_NOT_CHANGED, path=file) from error
    return document


def _write(file: Path, document: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_whole(file, tomlkit.dumps(document).encode())
    except OSError as error:
        raise UserError(SafetyCode.SAFETY_POLICY_NOT_CHANGED, path=file) from error
