"""What readers and programs take away: Markdown, PDF, an electronic book."""
