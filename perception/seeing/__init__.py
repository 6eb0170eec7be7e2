"""Pictures to scenes."""
