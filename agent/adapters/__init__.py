"""Adapters of models: kept, checked, imported, exported and reported on."""
