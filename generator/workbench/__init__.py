"""Commands for people at work on a site."""
