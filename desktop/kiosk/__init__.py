"""The kiosk: a screen that strangers use, one visit after another."""
