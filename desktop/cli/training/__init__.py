"""The parts of `candor train`."""
