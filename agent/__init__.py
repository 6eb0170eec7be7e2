"""The conversation: from percepts to checked sentences."""
