"""Collect the window's words and compile their translations: `python -m desktop.i18n.update`.

lupdate does not see plurals (`%n`) in `translate`, nor calls of other functions that pass words on:
write `self.tr("...")` or `QCoreApplication.translate("Context", "...")` with literals.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import PySide6

from perception.languages import folders, languages
from perception.replaced import replaced
from perception.startup import start_private

_EXE = ".exe" if sys.platform == "win32" else ""


def collect(file: Path, sources: Sequence[Path]) -> None:
    """Bring a `.ts` file up to date with the sources; words that are gone are dropped."""
    names = [str(source) for source in sources]
    _run("lupdate", *names, "-locations", "none", "-no-obsolete", "-silent", "-ts", str(file))


def release(file: Path) -> None:
    """Compile a `.ts` file to the `.qm` that is loaded."""
    # A window that runs has the old one mapped into its memory: it must not change there.
    with replaced(file.with_suffix(".qm")) as draft:
        _run("lrelease", "-silent", str(file), "-qm", str(draft))


def window_sources() -> list[Path]:
    """The files whose words are shown in the window."""
    return sorted(Path(__file__).parents[1].rglob("*.py"))


def translations() -> list[Path]:
    """The `window.ts` of each language that has one; English needs none."""
    files = (folders()[code] / "window.ts" for code in languages())
    return [file for file in files if file.is_file()]


def _run(tool: str, *words: str) -> None:
    program = Path(PySide6.__file__).parent / f"{tool}{_EXE}"
    subprocess.run([str(program), *words], check=True)


if __name__ == "__main__":
    start_private()
    for file in translations():
        collect(file, window_sources())
        release(file)
