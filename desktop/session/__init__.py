"""The state of the open chat, without widgets, and its child processes."""
