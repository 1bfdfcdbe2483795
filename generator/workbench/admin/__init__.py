"""`admin`: articles edited in a browser."""
