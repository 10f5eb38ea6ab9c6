"""What members fill in about themselves."""
