"""Everything that can be done in the window, in one table: menu, keys, palette, help and docs."""
