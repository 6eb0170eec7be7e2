"""Messages and links between the audio process and the others."""
