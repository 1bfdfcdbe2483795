"""One Markdown text becomes HTML with slots; it knows no other file."""
