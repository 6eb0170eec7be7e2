"""Markdown, tables and code of an answer as widgets."""
