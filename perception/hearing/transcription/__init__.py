"""The Whisper pipeline: activity, decoding, confidence and contextual biasing."""
