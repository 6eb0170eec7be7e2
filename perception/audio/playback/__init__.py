"""Playback: buffer, timeline, ducking and visemes."""
