"""Measures the guide against other programs; see README.md."""
