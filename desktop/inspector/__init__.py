"""The inspector panel: camera preview, recognised things, and why an answer was given."""
