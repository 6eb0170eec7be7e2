"""What is asked while an answer is still being written."""
