"""The training loop with its checkpoints, metrics and curves."""
