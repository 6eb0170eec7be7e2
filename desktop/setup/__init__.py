"""The first run: download of models."""
