"""Push-to-talk, the mode of listening, and the status orb."""
