"""The kiosk: one screen for strangers, that can be left alone. Nothing here is imported by others."""
