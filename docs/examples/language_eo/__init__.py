"""A language in one folder: a little Esperanto.

Put the folder into `perception/languages/` as `eo`, or install it as a package of its own with this
in pyproject.toml:

    [project.entry-points."candor.language"]
    eo = "language_eo"

It stands in the settings at once. Whatever file is missing speaks English: here `policy.toml` has
some of the words, and there are no `corrections.toml`, `helplines.toml` and `window.ts`.
"""
