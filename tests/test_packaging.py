"""The wheel carries every file that a package reads at run time."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]


def _tracked(*packages: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *packages], cwd=ROOT, capture_output=True, check=True
    )
    return {name for name in listed.stdout.decode().split("\0") if (ROOT / name).is_file()}


def test_the_wheel_holds_every_tracked_file_of_the_packages() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    tracked = _tracked(*wheel["targets"]["wheel"]["packages"])
    chosen = WheelBuilder(str(ROOT)).recurse_included_files()
    shipped = {Path(file.distribution_path).as_posix() for file in chosen}
    data = {name for name in tracked if not name.endswith(".py")}
    assert "safety/harm.safetensors" in data and "agent/memory/history.sql" in data
    assert tracked <= shipped


def test_no_tracked_file_is_large() -> None:
    large = [name for name in _tracked() if (ROOT / name).stat().st_size > 10_000_000]
    assert large == []
