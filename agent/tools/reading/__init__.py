"""Reads numbers, lengths of time, moments and sums out of plain words, English and Chinese."""
