"""One page a file, each with a frozen `PAGE`; see `desktop.settings.page`."""
