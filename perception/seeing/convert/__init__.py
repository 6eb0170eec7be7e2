"""Conversion of published vision models to ONNX."""
