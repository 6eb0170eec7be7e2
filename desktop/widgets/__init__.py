"""Widgets that know nothing of Candor."""
