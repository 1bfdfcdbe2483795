"""How work is shared out, stopped and timed."""
