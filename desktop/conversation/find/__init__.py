"""Finding in the open chat."""
