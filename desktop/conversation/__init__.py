"""The conversation panel: transcript, answers, composer and captions."""
