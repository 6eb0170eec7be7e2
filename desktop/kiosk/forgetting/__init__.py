"""Proven forgetting: what a visit leaves is cleared, looked for, and told in a receipt."""
