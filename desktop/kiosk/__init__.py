"""The kiosk: one screen for strangers."""
