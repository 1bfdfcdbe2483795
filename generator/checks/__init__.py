"""Rules over the joined site and what was rendered; each file is one family."""
