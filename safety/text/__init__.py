"""What stands in a text: what the rules look for."""
