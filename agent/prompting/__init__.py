"""Prompts: instructions, profiles, and the messages of a chat."""
