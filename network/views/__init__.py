"""Pages about people: for members only, never kept by a cache, 404 for whatever the reader may not see."""
