"""StreamField blocks, one family a file."""
