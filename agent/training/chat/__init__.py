"""Fine-tuning of the chat model."""
