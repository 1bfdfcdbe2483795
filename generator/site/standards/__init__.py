"""What standards for health information ask, held against each page by rule."""
