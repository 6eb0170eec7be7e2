"""Our own fine-tuning: composed data, packs, and the run that makes the adapter we ship."""
