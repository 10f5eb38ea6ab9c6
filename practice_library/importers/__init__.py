"""Reads files into the library. Nothing here writes a rating."""
