"""Echo cancellation and double-talk detection."""
