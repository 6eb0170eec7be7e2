"""One mind and one pair of ears, shared by several windows."""
