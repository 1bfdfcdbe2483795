"""Files as they look from outside, before anything heavy is imported."""
