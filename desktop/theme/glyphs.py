"""The pictures of the icon set as SVG text. Lucide, ISC licence; see icons/LICENSE-lucide.txt."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "icons"


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.svg")))


def tinted(name: str, color: str) -> bytes:
    """The SVG of an icon in one colour (`#rrggbb`); FileNotFoundError when there is none."""
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("currentColor", color).encode()
