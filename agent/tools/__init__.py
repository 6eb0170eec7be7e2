"""What Candor can do besides talking, as the model is told of it."""
