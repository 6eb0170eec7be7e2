"""A keyboard on the screen, and the room that it takes there."""

from desktop.kiosk.keyboard.dock import KeyboardDock
from desktop.kiosk.keyboard.keyboard import OnScreenKeyboard
from desktop.kiosk.keyboard.scanning import TWO_SWITCHES, Scanning

__all__ = ["TWO_SWITCHES", "KeyboardDock", "OnScreenKeyboard", "Scanning"]
