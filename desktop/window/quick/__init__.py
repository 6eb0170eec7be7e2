"""Candor from anywhere: the tray, the bar for a quick question, and its key."""
