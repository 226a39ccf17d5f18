"""Measures the build against other site generators; see README.md. `python benchmarks/run.py`."""
