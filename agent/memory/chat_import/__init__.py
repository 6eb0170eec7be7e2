"""Chats of other programs: read from their exports, kept in the history."""
