"""The files that a reader can download: one room for each format, and `files.py`, the list of them all."""
