"""The kiosk: one screen for strangers, that nobody leaves, and a visit after the other."""
