"""A judged set of our own, and what search makes of it."""
