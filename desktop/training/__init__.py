"""The training dialog and its pages."""
