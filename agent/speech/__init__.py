"""Speech in and out: streaming transcription, voice commands and speech output."""
