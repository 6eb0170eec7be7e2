"""Fine-tuning of speech recognition on one voice."""
