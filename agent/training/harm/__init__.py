"""Training of the harm classifier."""
