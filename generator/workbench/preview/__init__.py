"""`serve`: the site as it is being written."""
