"""What Candor can do besides talking: one file a tool, found by `agent.tools.registry`.

A tool's file holds one frozen `ABILITY`: its declaration for the model, `quick` that understands
plain ways to say it without one, and `run`.
"""
