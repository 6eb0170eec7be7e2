"""Markdown, read in one way for the window, the voice and plain text."""
