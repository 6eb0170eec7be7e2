"""Turn-taking: endpointing, barge-in, backchannels and pre-roll."""
