"""What only the owner of a kiosk does: PIN, system files, sticks and their keys."""
