"""Pages, made: put together, rendered and read, or found in the cache."""
