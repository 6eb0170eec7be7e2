"""The choice of engines: registry, hardware, choice, and what is loaded."""
