"""The network of the packaged voice: frames and durations."""
