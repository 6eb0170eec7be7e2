"""What the transformers engine is made of: weights, decoder and sampling."""
