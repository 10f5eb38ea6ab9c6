"""Writes about people: each checks who asks, happens whole or not at all, and leaves an entry in the audit."""
