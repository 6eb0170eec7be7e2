"""Whisper's files, tokens, spectrogram and decoder."""
