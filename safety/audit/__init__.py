"""The log of decisions: sealed lines in a chain, over one file and those that it grew out of."""
