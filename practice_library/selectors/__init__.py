"""Reads that join several models, each in a fixed number of queries. Nothing here writes or words anything."""
