"""Which adapters were switched on, in `on.json`: for each base their names, the last one now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from agent.adapters.files import ON
from agent.codes import AgentCode
from perception.regular_file import read_regular, write_whole
from perception.types import UserError

_MOST = 1_000_000
"""Bytes of the file."""


class SwitchedOn:
    """The file of a folder of adapters that tells which were switched on."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self) -> dict[str, list[str]]:
        """The names for each base, in the order in which they were switched on."""
        file = self._file()
        try:
            data = read_regular(file, _MOST, within=self._root)
            return msgspec.json.decode(data, type=dict[str, list[str]])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise UserError(AgentCode.ADAPTERS_ON_UNREADABLE, file=file, reason=error) from error

    def write(self, names: Mapping[str, Sequence[str]]) -> None:
        """Replace the names."""
        write_whole(self._file(), msgspec.json.encode(names))

    def _file(self) -> Path:
        """An earlier version let an adapter be called `on.json`: then the file gives way."""
        taken = (self._root / ON).is_dir()
        return self._root / (f".{ON}" if taken or (self._root / f".{ON}").exists() else ON)
