"""Kindred work: finds entries of different organisations on the same idea, from their words and terms."""
