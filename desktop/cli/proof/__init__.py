"""The proof that a run reaches no network."""
