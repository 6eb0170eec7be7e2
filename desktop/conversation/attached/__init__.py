"""Texts that come with a question: chips, a viewer, and the passage that is spoken of."""
