"""What an answer rests on, measured: each sentence is scored again without each line shown."""
