"""The kiosk: one screen for strangers, that can be left alone."""
