"""What a change means for readers: two states of a site, their differences, and the report of them."""
