"""What was made before, by what it was made of."""
