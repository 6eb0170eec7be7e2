"""Sound in and out, in a process of its own."""
