"""The safety policy in the settings: what is done about each category, in words."""
