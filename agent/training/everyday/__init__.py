"""Ordinary talk: conversations with checks, how they are held, and how answers are judged."""
