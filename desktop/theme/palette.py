"""The colours of every theme, and the arithmetic that keeps them readable (WCAG 2.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours as `#rrggbb`.

    `surface`, `raised` and `sunken` are what things lie on; `ink` and `muted` are text; `line`
    bounds controls (at least 3:1); `hairline` only separates and never carries a meaning;
    `hover` is the ground under the pointer; `wash` is the accent's own pale ground.
    """

    name: str
    dark: bool
    surface: str
    raised: str
    sunken: str
    ink: str
    muted: str
    line: str
    hairline: str
    hover: str
    wash: str
    accent: str
    on_accent: str
    accent_hover: str
    danger: str
    warn: str


LIGHT = Tokens(
    name="light",
    dark=False,
    surface="#FAF8F5",
    raised="#FFFFFF",
    sunken="#F1EDE7",
    ink="#1D1B19",
    muted="#5F5952",
    line="#8C857C",
    hairline="#E0DAD1",
    hover="#EFEAE3",
    wash="#E3EEEA",
    accent="#1F6B5C",
    on_accent="#FFFFFF",
    accent_hover="#185649",
    danger="#A8261C",
    warn="#7A4B00",
)
DARK = Tokens(
    name="dark",
    dark=True,
    surface="#151413",
    raised="#1E1C1A",
    sunken="#0F0E0D",
    ink="#EFEBE5",
    muted="#B0A89E",
    line="#7B746B",
    hairline="#332F2B",
    hover="#2A2724",
    wash="#1B2E29",
    accent="#7CCBB5",
    on_accent="#0E1F1A",
    accent_hover="#9BDAC8",
    danger="#FF9C8F",
    warn="#F2C063",
)
CONTRAST_DARK = Tokens(
    name="contrast",
    dark=True,
    surface="#000000",
    raised="#000000",
    sunken="#0A0A0A",
    ink="#FFFFFF",
    muted="#E8E8E8",
    line="#FFFFFF",
    hairline="#FFFFFF",
    hover="#2B2B2B",
    wash="#12332B",
    accent="#7DF3D2",
    on_accent="#000000",
    accent_hover="#FFFFFF",
    danger="#FFB3A8",
    warn="#FFD866",
)
CONTRAST_LIGHT = Tokens(
    name="contrast",
    dark=False,
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F5F5F5",
    ink="#000000",
    muted="#2B2B2B",
    line="#000000",
    hairline="#000000",
    hover="#E0E0E0",
    wash="#DDF2EB",
    accent="#00473A",
    on_accent="#FFFFFF",
    accent_hover="#000000",
    danger="#7A0C04",
    warn="#573500",
)
THEMES = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)

GROUNDS = ("surface", "raised", "sunken", "hover", "wash")
TEXTS = ("ink", "muted", "accent", "danger", "warn")
CONTROLS = ("line", "accent", "danger", "warn")


def choose(name: str, system_dark: bool, system_contrast: bool) -> Tokens:
    """The colours of the theme `name`: system, light, dark or contrast."""
    dark = name == "dark" or (name not in ("light", "dark") and system_dark)
    if name == "contrast" or (name == "system" and system_contrast):
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    return DARK if dark else LIGHT


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def blend(over: str, under: str, alpha: float) -> str:
    """The opaque colour that `over` with this opacity makes on `under`."""
    pairs = zip(channels(over), channels(under), strict=True)
    return "#" + "".join(f"{round(a * alpha + b * (1 - alpha)):02X}" for a, b in pairs)


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in channels(color))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2)."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)
