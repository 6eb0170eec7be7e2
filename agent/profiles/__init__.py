"""Profiles: what a field of use, or a place, adds to how Candor answers; one TOML file each."""
