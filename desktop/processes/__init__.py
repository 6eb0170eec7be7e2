"""Child processes of the window and of the command line."""
