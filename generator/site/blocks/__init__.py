"""Generated blocks: what an article shows by `::name{...}`, as plain data."""
