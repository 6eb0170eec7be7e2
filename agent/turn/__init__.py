"""The turn pipeline: from a question to moderated, spoken sentences."""
