"""Text normalisation for speech synthesis."""
