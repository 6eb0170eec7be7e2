"""What only the owner of a kiosk does: the PIN, system files, sticks, and the keys that sign them."""
