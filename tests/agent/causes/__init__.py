"""Tests of the measured causes."""
