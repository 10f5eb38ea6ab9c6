"""Turns the seed records and the published evidence into the library's content files."""
