"""Whisper format."""
