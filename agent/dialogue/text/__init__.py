"""Prompts as text and tokens: chat templates, encoders, and streams of generated text."""
