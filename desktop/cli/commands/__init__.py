"""One command a file; each has `register`, which adds it to the parser.

An installed package adds one by an entry point of the group `candor.command` that names such a
function. One of those that cannot be used is named and left out.
"""
