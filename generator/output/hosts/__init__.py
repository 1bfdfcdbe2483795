"""What the hosts of a site want beside its files."""
