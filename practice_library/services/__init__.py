"""Writes of the knowledge base: one transaction each."""
